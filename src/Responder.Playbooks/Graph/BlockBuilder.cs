using Responder.Playbooks.Expressions;
using Responder.Playbooks.Language;

namespace Responder.Playbooks.Graph;

/// <summary>Blocks from steps.</summary>
internal sealed class BlockBuilder(IReadOnlyDictionary<string, string> statuses)
{
    public ListBlock Main(Playbook playbook) => new([new NodeBlock("start", playbook.Name, Starts(playbook.On)), .. List(playbook.Steps).Blocks, .. End(playbook)]);

    public ListBlock List(IReadOnlyList<Step> steps) => new([.. steps.Select(One)]);

    private Block One(Step step)
    {
        var block = Kind(step);
        var onError = step.OnError.AllLists().ToList();
        return onError.Count == 0
            ? block
            : new WaysBlock(block, [("goes on", new ListBlock([])), .. onError.Select(list => (list.Name.Replace("on_error", "on error", StringComparison.Ordinal).Replace('.', ' '), List(list.Steps)))], AllRun: false);
    }

    private Block Kind(Step step) => step switch
    {
        IfStep choice => new WaysBlock(Node(step, step.Name ?? step.Id ?? "if", (step.Name ?? step.Id) is null ? choice.If.Source : "if " + choice.If.Source), [("then", List(choice.Then)), ("else", List(choice.Else))], AllRun: false),
        SwitchStep choice => new WaysBlock(Node(step, step.Name ?? step.Id ?? "switch", (step.Name ?? step.Id) is null ? choice.Switch.Source : "switch " + choice.Switch.Source), [.. choice.Cases.Select(one => (one.Key, List(one.Value))), ("default", List(choice.Default))], AllRun: false),
        ParallelStep parallel => new WaysBlock(Node(step, step.Name ?? step.Id ?? "parallel", $"{parallel.Branches.Count} branches at the same time"), [.. parallel.Branches.Select(one => (one.Key, List(one.Value)))], AllRun: true),
        TryStep attempt => new WaysBlock(Node(step, step.Name ?? step.Id ?? "try", "try, and catch what fails"), [("try", List(attempt.Try)), ("catch", List(attempt.Catch))], AllRun: false),
        ForeachStep loop => Frame(step, $"{Named(step)}for each {loop.As} of {Text(loop.Foreach)}{(loop.AtOnce > 1 ? $", {loop.AtOnce} at once" : string.Empty)}", loop.Steps),
        WhileStep loop => Frame(step, $"{Named(step)}while {loop.While.Source}, at most {loop.Max} times", loop.Steps),
        ActionStep action => Node(step, step.Name ?? step.Id ?? action.Uses, action.Uses) with { Gate = action.Approval is { When: not { Source: "false" } } gate ? Asks(gate) : null },
        ApprovalStep approval => Node(step, step.Name ?? Text(approval.Approval.Title) ?? step.Id ?? "approval", Asks(approval.Approval) + (approval.Approval.Choices.Count > 0 ? ": " + string.Join(", ", approval.Approval.Choices) : string.Empty)),
        WaitStep wait => Node(step, step.Name ?? step.Id ?? "wait", Waits(wait)),
        SetStep set => Node(step, step.Name ?? step.Id ?? "set", "set " + string.Join(", ", set.Set.Keys)),
        CallStep call => Node(step, step.Name ?? step.Id ?? call.Call, "call " + call.Call),
        StopStep stop => Node(step, stop.Outcome, Text(stop.Reason) ?? "stop"),
        _ => Node(step, step.Label, step.Kind),
    };

    private NodeBlock Node(Step step, string label, string? detail) =>
        new(step.Kind, label, detail ?? string.Empty) { Step = step, Status = StatusOf(step) };

    private FrameBlock Frame(Step step, string title, IReadOnlyList<Step> inside) =>
        new(title, List(inside), "frame loop", Loops: true) { Step = step, Status = StatusOf(step) };

    // It becomes the name of a class.
    private string? StatusOf(Step step) =>
        statuses.TryGetValue(step.Place, out var status) && status.Length > 0 && status.All(sign => sign is (>= 'a' and <= 'z') or '_') ? status : null;

    private static NodeBlock[] End(Playbook playbook) => playbook.Steps is [.., StopStep { When: null }] ? [] : [new NodeBlock("end", "end", string.Empty)];

    private static string Named(Step step) => (step.Name ?? step.Id) is { } name ? name + ": " : string.Empty;

    // A gate that the playbook itself never asks is there to say what policy's gate is to show.
    private static string Asks(Approval approval) => $"{(approval.Count > 1 ? approval.Count + " × " : string.Empty)}{(approval.Roles.Count > 0 ? string.Join(" or ", approval.Roles) : "people")} must agree{(approval.When is null ? string.Empty : ", when " + approval.When.Source)}";

    private static string Waits(WaitStep wait) => wait switch
    {
        { For: { } time } => "for " + Text(time),
        { Until: { } time } => "until " + Text(time),
        _ => "for the event " + wait.Event,
    };

    private static string? Text(ValueNode? value) => value switch
    {
        null => null,
        ConstantNode constant => constant.Value.ToString(),
        WholeNode whole => whole.Expression.Source,
        TextNode text => string.Concat(text.Parts.Select(part => part.Literal ?? $"‹{part.Expression!.Source}›")),
        ListNode list => $"a list of {list.Items.Count}",
        _ => "…",
    };

    private static string Starts(Trigger on)
    {
        var ways = new[] { on.Alert is null ? null : "an alert", on.Schedule is null ? null : $"the schedule {on.Schedule.Cron}", on.Manual ? "a person" : null }.OfType<string>().ToList();
        return ways.Count == 0 ? "called by other playbooks" : "started by " + string.Join(" or ", ways);
    }
}
