using System.Net;
using Responder.Connectors.Http.Calls;

namespace Responder.Connectors.Http.Tests;

public sealed class AddressRulesTests
{
    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("8.8.8.8")]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("::ffff:8.8.8.8")]
    public void A_public_address_is_allowed(string address) => Assert.True(AddressRules.IsAllowed(IPAddress.Parse(address), []));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.0.1")]
    [InlineData("198.19.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("64:ff9b:1::a00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2002:a00:1::1")]
    [InlineData("2001:0:0:0:0:0:80ff:fffe")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("ff02::1")]
    [InlineData("2001:db8::1")]
    public void An_address_that_is_not_public_is_refused_in_whatever_clothes(string address) => Assert.False(AddressRules.IsAllowed(IPAddress.Parse(address), []));

    [Fact]
    public void A_network_that_the_settings_name_is_allowed_also_in_IPv6_clothes()
    {
        IPNetwork[] networks = [IPNetwork.Parse("10.20.0.0/16"), IPNetwork.Parse("fd12::/32")];
        Assert.True(AddressRules.IsAllowed(IPAddress.Parse("10.20.3.4"), networks));
        Assert.True(AddressRules.IsAllowed(IPAddress.Parse("::ffff:10.20.3.4"), networks));
        Assert.True(AddressRules.IsAllowed(IPAddress.Parse("fd12::5"), networks));
        Assert.False(AddressRules.IsAllowed(IPAddress.Parse("10.21.0.1"), networks));
    }
}
