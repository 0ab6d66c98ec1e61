namespace Responder.Playbooks.Mappings.Sigma;

/// <summary>Which events a rule is for.</summary>
/// <param name="Product"><c>windows</c>; rules for other products match no Windows event.</param>
/// <param name="Category"><c>process_creation</c>, <c>file_event</c>, …</param>
/// <param name="Service"><c>sysmon</c>, <c>security</c>, …</param>
public sealed record SigmaLogSource(string? Product, string? Category, string? Service)
{
    private const string Sysmon = "Microsoft-Windows-Sysmon";
    private const string Security = "Microsoft-Windows-Security-Auditing";

    // Sysmon's event numbers: learn.microsoft.com/sysinternals/downloads/sysmon.
    private static readonly Dictionary<string, int[]> SysmonIds = new(StringComparer.Ordinal)
    {
        ["process_creation"] = [1], ["file_change"] = [2], ["network_connection"] = [3], ["sysmon_status"] = [4, 16], ["process_termination"] = [5], ["driver_load"] = [6],
        ["image_load"] = [7], ["create_remote_thread"] = [8], ["raw_access_thread"] = [9], ["process_access"] = [10], ["file_event"] = [11], ["registry_add"] = [12],
        ["registry_delete"] = [12], ["registry_set"] = [13], ["registry_rename"] = [14], ["registry_event"] = [12, 13, 14], ["create_stream_hash"] = [15], ["pipe_created"] = [17, 18],
        ["wmi_event"] = [19, 20, 21], ["dns_query"] = [22], ["file_delete"] = [23, 26], ["file_delete_detected"] = [26], ["clipboard_capture"] = [24], ["process_tampering"] = [25],
        ["file_block_executable"] = [27], ["file_block_shredding"] = [28], ["file_executable_detected"] = [29], ["sysmon_error"] = [255],
    };

    private static readonly Dictionary<string, string> Channels = new(StringComparer.Ordinal)
    {
        ["security"] = "Security", ["system"] = "System", ["application"] = "Application", ["sysmon"] = "Microsoft-Windows-Sysmon/Operational",
        ["powershell"] = "Microsoft-Windows-PowerShell/Operational", ["powershell-classic"] = "Windows PowerShell", ["windefend"] = "Microsoft-Windows-Windows Defender/Operational",
        ["taskscheduler"] = "Microsoft-Windows-TaskScheduler/Operational", ["bits-client"] = "Microsoft-Windows-Bits-Client/Operational", ["wmi"] = "Microsoft-Windows-WMI-Activity/Operational",
        ["dns-client"] = "Microsoft-Windows-DNS Client Events/Operational", ["applocker"] = "Microsoft-Windows-AppLocker/EXE and DLL", ["driver-framework"] = "Microsoft-Windows-DriverFrameworks-UserMode/Operational",
    };

    /// <summary>True where an event is of this source.</summary>
    /// <param name="event">The event.</param>
    public bool Fits(SigmaEvent @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        return Product is null or "windows" && (Category is null || FitsCategory(@event)) && (Service is null || FitsService(@event));
    }

    private bool FitsCategory(SigmaEvent @event) =>
        (@event.Provider == Sysmon && SysmonIds.TryGetValue(Category!, out var ids) && ids.Contains(@event.EventId))
        || (@event.Provider == Security && ((Category == "process_creation" && @event.EventId == 4688) || (Category == "registry_event" && @event.EventId == 4657)))
        || (Category is "ps_script" && @event.EventId == 4104) || (Category is "ps_module" && @event.EventId == 4103);

    private bool FitsService(SigmaEvent @event) => Service switch
    {
        "sysmon" => @event.Provider == Sysmon,
        "security" => @event.Provider == Security || @event.Channel == "Security",
        _ => Channels.TryGetValue(Service!, out var channel) && string.Equals(channel, @event.Channel, StringComparison.OrdinalIgnoreCase),
    };
}
