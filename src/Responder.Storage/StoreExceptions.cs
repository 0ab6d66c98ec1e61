namespace Responder.Storage;

/// <summary>What was to be written can't be stored: an id that is there already, a value that is too large.</summary>
public sealed class StoreRefusedException : Exception
{
    internal StoreRefusedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>The store is closed, or ended while it could not write; what was handed in was not written.</summary>
public sealed class StoreClosedException : Exception
{
    internal StoreClosedException(string message)
        : base(message)
    {
    }
}
