using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Responder.Sdk.Emulation;

namespace Responder.Connectors.MicrosoftGraph.Emulator;

/// <summary>The tenant itself: what most clients read first.</summary>
internal sealed class OrganizationRoute(EmulatorSite site, ODataAnswers answers, Func<string> tenant)
{
    public void Map(WebApplication app) => app.MapGet($"/{GraphEmulator.Root}/organization", http => answers.ListAsync(http, "organization", [Organization()]));

    private JsonObject Organization()
    {
        var (name, domain) = site.Estate.Read(company => (company.Names.Name, company.Names.Domain));
        return new JsonObject
        {
            ["id"] = tenant(), ["deletedDateTime"] = null, ["businessPhones"] = new JsonArray(), ["city"] = null, ["country"] = null, ["countryLetterCode"] = "US", ["createdDateTime"] = "2019-09-04T16:59:36Z",
            ["directorySizeQuota"] = new JsonObject { ["used"] = 220, ["total"] = 50000 }, ["displayName"] = name, ["isMultipleDataLocationsForServicesEnabled"] = null, ["marketingNotificationEmails"] = new JsonArray(),
            ["onPremisesLastSyncDateTime"] = null, ["onPremisesSyncEnabled"] = true, ["postalCode"] = null, ["preferredLanguage"] = "en", ["privacyProfile"] = null, ["securityComplianceNotificationMails"] = new JsonArray(),
            ["securityComplianceNotificationPhones"] = new JsonArray(), ["state"] = null, ["street"] = null, ["technicalNotificationMails"] = new JsonArray(), ["tenantType"] = "AAD", ["assignedPlans"] = new JsonArray(), ["provisionedPlans"] = new JsonArray(),
            ["verifiedDomains"] = new JsonArray(new JsonObject { ["capabilities"] = "Email, OfficeCommunicationsOnline", ["isDefault"] = true, ["isInitial"] = false, ["name"] = domain, ["type"] = "Managed" }),
        };
    }
}
