using Sallyport.IotHub.Provisioning;

namespace Sallyport.IotHub.Tests.Provisioning;

/// <summary>User name and topics of the provisioning service, in the forms that the device SDKs use.</summary>
public sealed class ProvisioningTopicTests
{
    [Fact]
    public void The_user_name_has_scope_registration_and_version_and_no_question_mark()
    {
        Assert.True(ProvisioningTarget.TryCreate("0ne00000A0A", "gateway-1", ProvisioningTarget.GlobalHost, out ProvisioningTarget? target));
        Assert.Equal(
            "0ne00000A0A/registrations/gateway-1/api-version=2019-03-31&ClientVersion=Sallyport%2F1.0", ProvisioningTopic.UserName(target, "Sallyport/1.0"));
    }

    [Fact]
    public void Requests_have_their_number_first()
    {
        Assert.Equal("$dps/registrations/PUT/iotdps-register/?$rid=1", ProvisioningTopic.Register("1"));
        Assert.Equal(
            "$dps/registrations/GET/iotdps-get-operationstatus/?$rid=2&operationId=4.d0a671905ea5b2c8.42d78160",
            ProvisioningTopic.Poll("2", "4.d0a671905ea5b2c8.42d78160"));
        Assert.Equal("$dps/registrations/GET/iotdps-get-operationstatus/?$rid=3&operationId=a%2Fb%23%2B", ProvisioningTopic.Poll("3", "a/b#+"));
    }

    [Theory]
    [InlineData("$dps/registrations/res/202/?$rid=1&retry-after=3", 202, "1", 3)]
    [InlineData("$dps/registrations/res/200/?$rid=17", 200, "17", null)]
    [InlineData("$dps/registrations/res/429/?$rid=a&x=1&retry-after=60", 429, "a", 60)]
    [InlineData("$dps/registrations/res/202/?$rid=1&retry-after=soon", 202, "1", null)]
    [InlineData("$dps/registrations/res/202/?$rid=1&retry-after=-3", 202, "1", null)]
    [InlineData("$dps/registrations/res/202/?$rid=1&retry-after=2000000000", 202, "1", null)]
    public void An_answer_is_taken_apart(string topic, int status, string requestId, int? seconds)
    {
        Assert.True(ProvisioningTopic.TryParseResponse(topic, out int foundStatus, out string foundId, out TimeSpan? retryAfter));
        Assert.Equal((status, requestId, seconds), (foundStatus, foundId, (int?)retryAfter?.TotalSeconds));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$dps/registrations/res/")]
    [InlineData("$dps/registrations/res/200")]
    [InlineData("$dps/registrations/res/200/")]
    [InlineData("$dps/registrations/res/two/?$rid=1")]
    [InlineData("$dps/registrations/res/200/?retry-after=3&$rid=1")]
    [InlineData("$iothub/twin/res/200/?$rid=1")]
    public void Other_topics_are_no_answers(string topic) =>
        Assert.False(ProvisioningTopic.TryParseResponse(topic, out _, out _, out _));

    [Theory]
    [InlineData("0ne00000A0A", "gateway-1", "global.azure-devices-provisioning.net", true)]
    [InlineData("0ne00000A0A", "a.b_c:d-", "127.0.0.3:18883", true)]
    [InlineData("", "gateway-1", "host", false)]
    [InlineData("0ne/0", "gateway-1", "host", false)]
    [InlineData("0ne00000A0A", "gateway.", "host", false)]
    [InlineData("0ne00000A0A", "gate/way", "host", false)]
    [InlineData("0ne00000A0A", "", "host", false)]
    [InlineData("0ne00000A0A", "gateway-1", "no host", false)]
    public void A_target_is_checked(string scope, string registrationId, string host, bool isRight) =>
        Assert.Equal(isRight, ProvisioningTarget.TryCreate(scope, registrationId, host, out _));
}
