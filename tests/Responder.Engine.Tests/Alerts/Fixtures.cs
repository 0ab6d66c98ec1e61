namespace Responder.Engine.Tests.Alerts;

/// <summary>A small alert of each source, written for these tests in the vendor's form.</summary>
internal static class Fixtures
{
    public static readonly IReadOnlyDictionary<string, (string Source, string Body)> All = new Dictionary<string, (string, string)>
    {
        ["generic"] = ("generic", """{"id":"G-1","title":"Odd process","severity":"high","time":"2026-03-01T09:00:00Z","device":{"hostname":"WS-7"},"user":{"email":"ann@company.com","name":"ann"},"process":{"pid":77,"image":"C:\\t\\x.exe"},"file":{"path":"C:\\t\\x.exe"},"attack":["T1059"]}"""),
        ["falcon"] = ("crowdstrike", """
            {"meta":{},"errors":[],"resources":[{"composite_id":"c:ind:a:1","agent_id":"a","display_name":"SuspiciousExec","description":"d","severity":70,"severity_name":"High","created_timestamp":"2026-03-01T09:00:01Z","timestamp":"2026-03-01T09:00:00Z","updated_timestamp":"2026-03-01T09:05:00Z",
             "device":{"device_id":"a","hostname":"WS-7","local_ip":"10.0.0.7","os_version":"Windows 11"},"user_name":"ann","user_id":"S-1-5-21-1","logon_domain":"CORP","local_process_id":"77","filepath":"\\Device\\HarddiskVolume3\\t\\x.exe","filename":"x.exe","cmdline":"x.exe -q",
             "sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","parent_details":{"local_process_id":"5","filename":"p.exe"},"mitre_attack":[{"technique_id":"T1204"}],"technique_id":"T1204"}]}
            """),
        ["falcon-stream"] = ("crowdstrike", """{"metadata":{"eventType":"EppDetectionSummaryEvent","eventCreationTime":1772355600000},"event":{"Name":"NGAV","CompositeId":"c:ind:a:2","Severity":30,"SeverityName":"Low","Hostname":"WS-7","UserName":"ann","LocalProcessId":77,"TechniqueId":"T1204","FileName":"x.exe","FilePath":"\\Device\\HarddiskVolume3\\t\\x.exe","CommandLine":"x"}}"""),
        ["defender"] = ("defender", """
            {"records":[{"category":"AdvancedHunting-AlertInfo","properties":{"AlertId":"da1","Title":"Bad thing","Severity":"High","Timestamp":"2026-03-01T09:00:00Z","AttackTechniques":"[\"PowerShell (T1059.001)\"]","ServiceSource":"Microsoft Defender for Endpoint"}},
             {"category":"AdvancedHunting-AlertEvidence","properties":{"AlertId":"da1","EntityType":"Machine","DeviceName":"ws-7.corp","DeviceId":"m7","Timestamp":"2026-03-01T09:00:00Z"}},
             {"category":"AdvancedHunting-AlertEvidence","properties":{"AlertId":"da1","EntityType":"User","AccountName":"ann","AccountUpn":"ann@company.com","Timestamp":"2026-03-01T09:00:00Z"}},
             {"category":"AdvancedHunting-AlertEvidence","properties":{"AlertId":"da1","EntityType":"Process","FileName":"x.exe","FolderPath":"C:\\t","ProcessCommandLine":"x.exe -q","AdditionalFields":"{\"ProcessId\":\"77\"}","Timestamp":"2026-03-01T09:00:00Z"}}]}
            """),
        ["graph"] = ("graph", """
            {"value":[{"@odata.type":"#microsoft.graph.security.alert","id":"g1","title":"t","severity":"medium","serviceSource":"microsoftDefenderForEndpoint","createdDateTime":"2026-03-01T09:00:00Z","lastUpdateDateTime":"2026-03-01T09:01:00Z","mitreTechniques":["T1564.001"],
             "evidence":[{"@odata.type":"#microsoft.graph.security.deviceEvidence","deviceDnsName":"ws-7","mdeDeviceId":"m7"},{"@odata.type":"#microsoft.graph.security.userEvidence","userAccount":{"accountName":"ann","userPrincipalName":"ann@company.com"}},
              {"@odata.type":"#microsoft.graph.security.processEvidence","processId":77,"processCommandLine":"x","imageFile":{"fileName":"x.exe","filePath":"C:\\t"}},{"@odata.type":"#microsoft.graph.security.fileEvidence","fileDetails":{"fileName":"x.exe","filePath":"C:\\t"}}]}]}
            """),
        ["sentinel"] = ("sentinel", """
            {"objectSchemaType":"Incident","object":{"name":"s1","etag":"\"1\"","properties":{"title":"t","severity":"High","createdTimeUtc":"2026-03-01T09:00:00Z","incidentUrl":"https://portal.example/1","additionalData":{"techniques":["T1078"]},
             "relatedEntities":[{"kind":"Host","properties":{"hostName":"ws-7","dnsDomain":"corp"}},{"kind":"Account","properties":{"accountName":"ann","upnSuffix":"company.com"}},{"kind":"Process","properties":{"processId":"77","commandLine":"x"}},{"kind":"File","properties":{"fileName":"x.exe","directory":"C:\\t"}}]}}}
            """),
        ["elastic"] = ("elastic", """{"_index":".alerts","_id":"e1","_source":{"@timestamp":"2026-03-01T09:00:00Z","kibana.alert.uuid":"e1","kibana.alert.rule.name":"t","kibana.alert.severity":"high","kibana.alert.risk_score":73,"host.name":"ws-7","user":{"name":"ann"},"process":{"pid":77,"executable":"C:\\t\\x.exe"},"file.path":"C:\\t\\x.exe","threat":{"technique":[{"id":"T1059"}]}}}"""),
        ["wazuh"] = ("wazuh", """{"id":"w1","timestamp":"2026-03-01T09:00:00.000+0000","rule":{"id":"92000","level":12,"description":"t","mitre":{"id":["T1105"]}},"agent":{"id":"001","name":"ws-7","ip":"10.0.0.7"},"data":{"win":{"system":{"providerName":"Microsoft-Windows-Sysmon","eventID":"11","computer":"WS-7","systemTime":"2026-03-01T09:00:00Z"},"eventdata":{"targetFilename":"C:\\t\\x.exe","image":"C:\\t\\y.exe","processId":"77","user":"CORP\\ann"}}}}"""),
        ["ocsf"] = ("ocsf", """
            {"class_uid":2004,"category_uid":2,"activity_id":1,"severity_id":4,"time":1772355600000,"metadata":{"version":"1.3.0","product":{"name":"p"}},"finding_info":{"uid":"o1","title":"t","attacks":[{"technique":{"uid":"T1486"}}]},
             "device":{"hostname":"ws-7"},"evidences":[{"process":{"pid":77,"cmd_line":"x","file":{"path":"C:\\t\\x.exe"}},"file":{"path":"C:\\t\\x.exe","name":"x.exe"},"actor":{"user":{"name":"ann"}}}]}
            """),
        ["splunk"] = ("splunk", """{"sid":"sch_1","search_name":"Mass copy T1074.001","results_link":"https://splunk.example/1","result":{"_time":"1772355600","dest":"ws-7","user":"CORP\\ann","urgency":"high","process_id":"77","process":"x","process_path":"C:\\t\\x.exe","file_path":"C:\\t\\x.exe"}}"""),
        ["sigma"] = ("sigma", """{"rule":{"id":"r1","title":"t","level":"high","tags":["attack.t1059.003"]},"event":{"EventID":11,"SourceName":"Microsoft-Windows-Sysmon","Hostname":"ws-7","RecordNumber":5,"UtcTime":"2026-03-01 09:00:00.000","ProcessId":"77","Image":"C:\\t\\x.exe","TargetFilename":"C:\\t\\x.exe","User":"CORP\\ann"}}"""),
        ["sentinelone"] = ("sentinelone", """{"id":"n1","threatInfo":{"threatName":"t","confidenceLevel":"malicious","identifiedAt":"2026-03-01T09:00:00Z","filePath":"C:\\t\\x.exe","originatorProcess":"x.exe","processUser":"CORP\\ann"},"agentRealtimeInfo":{"agentComputerName":"ws-7","agentId":"7"},"indicators":[{"tactics":[{"techniques":[{"name":"T1059"}]}]}]}"""),
        ["winlogbeat"] = ("sysmon", """{"@timestamp":"2026-03-01T09:00:00.000Z","winlog":{"provider_name":"Microsoft-Windows-Sysmon","event_id":"11","computer_name":"ws-7","record_id":5,"event_data":{"TargetFilename":"C:\\t\\x.exe","Image":"C:\\t\\y.exe","ProcessId":"77","User":"CORP\\ann"}}}"""),
        ["xml"] = ("sysmon", """<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System><Provider Name="Microsoft-Windows-Sysmon"/><EventID>11</EventID><TimeCreated SystemTime="2026-03-01T09:00:00.000000000Z"/><EventRecordID>5</EventRecordID><Computer>ws-7</Computer></System><EventData><Data Name="Image">C:\t\y.exe</Data><Data Name="ProcessId">77</Data><Data Name="TargetFilename">C:\t\x.exe</Data><Data Name="User">CORP\ann</Data></EventData></Event>"""),
        ["list"] = ("sysmon", """{"Event":{"System":{"Provider":{"Name":"Microsoft-Windows-Sysmon"},"EventID":"11","TimeCreated":{"SystemTime":"2026-03-01T09:00:00Z"},"Computer":"ws-7"},"EventData":{"Data":[{"Name":"Image","text":"C:\\t\\y.exe"},{"@Name":"ProcessId","#text":"77"},{"Name":"TargetFilename","text":"C:\\t\\x.exe"},{"Name":"User","text":"CORP\\ann"}]}}}"""),
        ["sentinel-table"] = ("sysmon", """{"TimeGenerated":"2026-03-01T09:00:00Z","Provider":"Microsoft-Windows-Sysmon","Computer":"ws-7","EventID":11,"EventData":"{\"Image\":\"C:\\\\t\\\\y.exe\",\"ProcessId\":\"77\",\"TargetFilename\":\"C:\\\\t\\\\x.exe\",\"User\":\"CORP\\\\ann\"}","Type":"WindowsEvent"}"""),
        ["splunk-row"] = ("sysmon", """{"_time":"2026-03-01T09:00:00.000+00:00","source":"XmlWinEventLog:Microsoft-Windows-Sysmon/Operational","EventCode":"11","ComputerName":"ws-7","Image":"C:\\t\\y.exe","ProcessId":"77","TargetFilename":"C:\\t\\x.exe","User":"CORP\\ann"}"""),
        ["message"] = ("sysmon", """{"EventID":11,"SourceName":"Microsoft-Windows-Sysmon","Hostname":"ws-7","EventTime":"2026-03-01 10:00:00","Message":"File created:\r\nUtcTime: 2026-03-01 09:00:00.000\r\nProcessId: 77\r\nImage: C:\\t\\y.exe\r\nTargetFilename: C:\\t\\x.exe\r\nUser: CORP\\ann"}"""),
    };
}
