namespace Responder.Hosting.Testing.Cases;

/// <summary>A test file is wrong; the message says where and what it takes.</summary>
/// <param name="message">For people.</param>
public sealed class TestFileException(string message) : Exception(message);
