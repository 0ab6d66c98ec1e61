using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Responder.Connectors.Mail.Smtp;
using Responder.Sdk;

namespace Responder.Connectors.Mail;

/// <summary>Mail by any SMTP server.</summary>
public sealed class MailConnector : IConnector
{
    /// <inheritdoc/>
    public string Name => "mail";

    /// <inheritdoc/>
    public string About => "Mail by an SMTP server (submission, RFC 6409), with STARTTLS or TLS.";

    /// <inheritdoc/>
    public void Configure(IServiceCollection services, IConfigurationSection settings)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(settings);
        services.AddSingleton(MailSettings.Read(settings));
        services.AddSingleton<SmtpSender>();
        services.AddSingleton<IConnectionCheck, MailCheck>();
    }
}
