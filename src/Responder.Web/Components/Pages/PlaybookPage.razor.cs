using Microsoft.AspNetCore.Components;
using MudBlazor;
using Responder.Engine.Journal;
using Responder.Hosting.Catalog;
using Responder.Playbooks.Graph;
using Responder.Playbooks.Language;
using Responder.Web.Access;
using Responder.Web.Components.Parts;
using Responder.Web.Editor;

namespace Responder.Web.Components.Pages;

/// <summary>One playbook: read, written, tried and published.</summary>
public sealed partial class PlaybookPage
{
    private static readonly (string Key, string Name)[] Tabs = [("picture", "Picture"), ("problems", "Problems"), ("plan", "Plan"), ("tests", "Tests"), ("difference", "Difference"), ("history", "History"), ("start", "Start")];
    private readonly CancellationTokenSource _gone = new();
    private TextEditor? _editor;
    private TextDifference? _merge;
    private string? _start, _text, _name, _picture, _place, _onDisk;
    private string _inForce = string.Empty, _base = string.Empty, _comment = string.Empty, _tab = "picture";
    private bool _looked, _busy;
    private Playbook? _theirs;
    private Playbook? _read;
    private PlaybookDraft? _own;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<string> _told = [];
    private IReadOnlyList<AlertRow> _alerts = [];
    private IReadOnlyList<PlaybookVersion> _versions = [];
    private IReadOnlyList<PlaybookDraft> _others = [];

    /// <summary>The playbook.</summary>
    [Parameter]
    public string Id { get; set; } = string.Empty;

    /// <summary>True where there is none yet and it is to be written.</summary>
    [SupplyParameterFromQuery]
    private bool New { get; set; }

    [CascadingParameter]
    private Person? Person { get; set; }

    private bool CanWrite => Person?.Can(Permission.WritePlaybooks) == true;

    private bool HasErrors => _problems.Any(one => one.Level == ProblemLevel.Error);

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_text is not null)
        {
            return;
        }

        await DraftsAsync();
        var playbook = Catalog.Current.Library.Playbooks.GetValueOrDefault(Id);
        var onDisk = CanWrite && (playbook is null || Catalog.Current.Kept.Contains(playbook.File)) ? Catalog.OnDisk(Id) : null;
        var proposed = _others.FirstOrDefault(one => one.Proposed is not null);
        _looked = true;
        if (playbook is null && (!PlaybookCatalog.CanBe(Id) || (_own ?? proposed) is null && onDisk is null && !(New && CanWrite)))
        {
            return;
        }

        (_inForce, _base) = (playbook?.Source ?? string.Empty, _own?.Base ?? playbook?.Hash ?? string.Empty);
        _onDisk = playbook is null ? null : onDisk;
        _start = _own?.Text ?? playbook?.Source ?? proposed?.Text ?? onDisk ?? NewPlaybook.Text(Id);
        _alerts = (await Node.Store.Queries.AlertsAsync(new AlertFilter(Limit: 50), _gone.Token)).Items;
        _versions = await Node.Store.PlaybookTexts.VersionsAsync(Id, _gone.Token);
        Look(_start);
        _theirs = _own is not null && _own.Base != (playbook?.Hash ?? string.Empty) ? playbook : null;
    }

    private async Task DraftsAsync()
    {
        var drafts = await Node.Store.PlaybookTexts.DraftsAsync(Id, _gone.Token);
        _own = CanWrite ? drafts.FirstOrDefault(one => one.By == Person!.By) : null;
        _others = [.. drafts.Where(one => one.By != Person?.By)];
    }

    private void Look(string text)
    {
        var (library, problems) = Press.Judge(Press.FileOf(Id), text);
        (_text, _problems) = (text, problems);
        if (library.Playbooks.GetValueOrDefault(Id) is { } read)
        {
            (_read, _name, _picture) = (read, read.Name, GraphWriter.Svg(read, styled: false));
        }
    }

    private async Task ChangedAsync(string text)
    {
        var changed = text != _text;
        Look(text);
        // Before the browser is told anything: it may be gone by then.
        if (changed && CanWrite)
        {
            var draft = text == _inForce ? null : new PlaybookDraft(Id, Person!.By, text, _base, Node.Services.Time.GetUtcNow());
            await Node.Store.PlaybookTexts.KeepAsync(draft ?? new PlaybookDraft(Id, Person!.By, string.Empty, _base, default), default);
            _own = draft;
        }

        await _editor!.MarkAsync([.. _problems.Select(one => new EditorMark(one.At.Line, one.At.Column, one.Rule, one.Hint is null ? one.Message : $"{one.Message} {one.Hint}", one.Level == ProblemLevel.Error))]);
    }

    // The step that the cursor stands in is the last that begins at or above it.
    private void MoveTo(int line) => _place = _read?.AllSteps().Where(step => step.At.Line <= line).MaxBy(step => step.At.Line)?.Place;

    private async Task ShowAsync(string tab)
    {
        if (_editor is not null && _text is not null && await _editor.ReadAsync() is var now && now != _text)
        {
            await ChangedAsync(now);
        }

        _tab = tab;
    }

    private async Task PublishAsync()
    {
        (_busy, _told) = (true, []);
        try
        {
            var (caller, problem) = await Desk.ConfirmAsync(Permission.WritePlaybooks);
            if (caller is null)
            {
                _told = [problem!];
                return;
            }

            var text = await _editor!.ReadAsync();
            await TakeAsync(await Press.PublishAsync(Id, text, _base.Length == 0 ? null : _base, caller.By, _comment, _gone.Token), text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _told = [$"The file can't be written: {failure.Message} Your draft is kept."];
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task TakeAsync(PublishResult result, string text)
    {
        switch (result.Status)
        {
            case PublishStatus.Published:
                (_inForce, _base, _comment, _theirs, _onDisk, _told) = (result.Current!.Source, result.Current.Hash, string.Empty, null, null, result.Warning is null ? [] : [result.Warning]);
                Look(text);
                _versions = await Node.Store.PlaybookTexts.VersionsAsync(Id, _gone.Token);
                Said.Add("It is in force for new runs.", Severity.Success);
                break;
            case PublishStatus.Proposed:
                _comment = string.Empty;
                Said.Add("It is proposed; somebody else publishes it.", Severity.Success);
                break;
            default:
                (_told, _theirs) = (result.Problems, result.Status == PublishStatus.Conflict ? result.Current : null);
                break;
        }

        await DraftsAsync();
    }

    // A proposal was published or sent back. Who writes here meanwhile goes on, and is shown the other version.
    private async Task SettledAsync(PublishResult? result)
    {
        var mine = _text != _inForce && _own is not null;
        if (result is { Status: PublishStatus.Published, Current: { } current } && mine)
        {
            _theirs = current;
        }
        else if (result is { Current: { } fresh })
        {
            await _editor!.SetAsync(fresh.Source);
            await TakeAsync(result, fresh.Source);
        }

        await DraftsAsync();
    }

    private async Task TakeBaseAsync()
    {
        var text = await _merge!.ReadAsync();
        (_base, _inForce, _theirs, _told) = (_theirs!.Hash, _theirs.Source, null, []);
        await _editor!.SetAsync(text);
        await ChangedAsync(text);
    }

    private async Task DropAsync()
    {
        await Node.Store.PlaybookTexts.KeepAsync(new PlaybookDraft(Id, Person!.By, string.Empty, _base, default), default);
        if (Catalog.Current.Library.Playbooks.GetValueOrDefault(Id) is not { } current)
        {
            Navigation.NavigateTo("playbooks");
            return;
        }

        (_base, _inForce, _theirs, _told, _own) = (current.Hash, current.Source, null, [], null);
        Look(current.Source);
        await _editor!.SetAsync(current.Source);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }
}
