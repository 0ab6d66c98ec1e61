using Microsoft.AspNetCore.Components;
using Responder.Hosting;

namespace Responder.Web.Components.Live;

/// <summary>A page that shows what is committed as it is committed: it loads at first and whenever something that concerns it has changed.</summary>
public abstract class LivePage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IDisposable? _listening;
    private bool _loading;
    private bool _again;

    [Inject]
    internal Pulse Pulse { get; set; } = default!;

    /// <summary>The node.</summary>
    [Inject]
    protected ResponderNode Node { get; set; } = default!;

    /// <summary>Who looks.</summary>
    [CascadingParameter]
    protected Person? Person { get; set; }

    /// <summary>Ends what the page waits for when it is left.</summary>
    protected CancellationToken Gone => _gone.Token;

    /// <summary>Why the last load failed; null where it did not.</summary>
    protected string? LoadProblem { get; private set; }

    /// <summary>True where the page is to load again.</summary>
    protected virtual bool Concerns(Beat beat)
    {
        ArgumentNullException.ThrowIfNull(beat);
        return beat.Touches(null);
    }

    /// <summary>Reads what is shown.</summary>
    protected abstract Task LoadAsync();

    /// <inheritdoc/>
    protected override void OnInitialized() => _listening = Pulse.Listen(HearAsync);

    /// <inheritdoc/>
    protected override Task OnParametersSetAsync() => ReloadAsync();

    /// <summary>Loads now. Of several at once the last is not lost.</summary>
    protected async Task ReloadAsync()
    {
        if (_loading)
        {
            _again = true;
            return;
        }

        _loading = true;
        try
        {
            do
            {
                _again = false;
                await LoadAsync();
            }
            while (_again && !_gone.IsCancellationRequested);
            LoadProblem = null;
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception failure) when (failure is IOException or InvalidDataException or InvalidOperationException or ObjectDisposedException or System.Data.Common.DbException)
        {
            LoadProblem = $"This can't be read just now: {failure.Message} It is tried again when something changes.";
        }
        finally
        {
            _loading = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends listening.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _listening?.Dispose();
        _gone.Cancel();
        _gone.Dispose();
    }

    private Task HearAsync(Beat beat) => _gone.IsCancellationRequested || !Concerns(beat) ? Task.CompletedTask : InvokeAsync(async () =>
    {
        if (!_gone.IsCancellationRequested)
        {
            await ReloadAsync();
            StateHasChanged();
        }
    });
}
