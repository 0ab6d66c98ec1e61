using Responder.Playbooks.Language;

namespace Responder.Playbooks.Tests.Language;

public sealed class FormsTests
{
    [Theory]
    [InlineData("hostname", "ENG-WS-045", true)]
    [InlineData("hostname", "eng_ws.company.com", true)]
    [InlineData("hostname", "-eng", false)]
    [InlineData("hostname", "eng ws", false)]
    [InlineData("hostname", "eng;rm", false)]
    [InlineData("hostname", "eng\n", false)]
    [InlineData("hostname", "a..b", false)]
    [InlineData("email", "alexchen@company.com", true)]
    [InlineData("email", "o'neil+soc@sub.company.com", true)]
    [InlineData("email", "alexchen", false)]
    [InlineData("email", "a@b@c", false)]
    [InlineData("email", "a b@c.com", false)]
    [InlineData("email", "a@c.com\n", false)]
    [InlineData("ip", "10.1.2.3", true)]
    [InlineData("ip", "2001:db8::1", true)]
    [InlineData("ip", "010.1.2.3", false)]
    [InlineData("ip", "10.1.3", false)]
    [InlineData("ip", "167772161", false)]
    [InlineData("ip", "fe80::1%eth0", false)]
    [InlineData("ip", "10.1.2.300", false)]
    [InlineData("sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true)]
    [InlineData("sha256", "e3b0c44298fc1c149afbf4c8996fb924", false)]
    [InlineData("windows_path", @"C:\temp\staging", true)]
    [InlineData("windows_path", @"C:\", true)]
    [InlineData("windows_path", @"C:/temp", true)]
    [InlineData("windows_path", @"\\srv\share\x", true)]
    [InlineData("windows_path", @"temp\staging", false)]
    [InlineData("windows_path", @"C:temp", false)]
    [InlineData("windows_path", @"C:\te*mp", false)]
    [InlineData("windows_path", @"C:\temp\a:b", false)]
    [InlineData("windows_path", @"\\?\C:\temp", false)]
    [InlineData("windows_path", "C:\\temp\n", false)]
    [InlineData("time", "2024-02-28T19:15:33.000Z", true)]
    [InlineData("time", "2024-02-28T14:15:33-05:00", true)]
    [InlineData("time", "2024-02-28T14:15:33.123456789Z", true)]
    [InlineData("time", "2024-02-28T14:15:33", false)]
    [InlineData("time", "2024-02-30T14:15:33Z", false)]
    [InlineData("time", "28.02.2024", false)]
    [InlineData("duration", "8h", true)]
    [InlineData("duration", "8", false)]
    public void A_form_fits_what_it_is_for(string form, string text, bool fits) => Assert.Equal(fits, Forms.Fits(form, text));

    [Fact]
    public void Every_form_says_what_it_takes_and_fits_its_own_example() =>
        Assert.All(Forms.Names, form => Assert.True(form is "sha256" || Forms.Fits(form, Forms.Describe(form).Split(": ")[^1].Split(" or ")[0].Split(", ")[0]), form));
}
