using Sallyport.IotHub.Wire;

namespace Sallyport.IotHub.Tests.Wire;

/// <summary>Topics of inputs, cloud messages, twin and methods, in the forms that the device SDKs and edgeHub use.</summary>
public sealed class TopicTests
{
    private static readonly ClientIdentity Module = new("edge-1", "reader");
    private static readonly ClientIdentity Device = new("device-1", "");

    [Fact]
    public void Connect_says_who_we_are_in_the_form_of_the_device_sdk()
    {
        Assert.Equal("edge-1/reader", Module.ClientId);
        Assert.Equal("device-1", Device.ClientId);
        Assert.Equal(
            "hub.azure-devices.net/edge-1/reader/?api-version=2021-04-12&DeviceClientType=Sallyport%2F1.0%20%28x%29",
            Module.UserName("hub.azure-devices.net", "Sallyport/1.0 (x)"));
        Assert.Equal(
            "hub.azure-devices.net/device-1/?api-version=2021-04-12&DeviceClientType=Sallyport",
            Device.UserName("hub.azure-devices.net", "Sallyport"));
    }

    [Theory]
    [InlineData("devices/edge-1/modules/reader/inputs/in/%24.cdid=edge-1", "in", "%24.cdid=edge-1")]
    [InlineData("devices/edge-1/modules/reader/inputs/in/a=1/", "in", "a=1")]
    [InlineData("devices/edge-1/modules/reader/inputs/in/", "in", "")]
    [InlineData("devices/edge-1/modules/reader/inputs/in", "in", "")]
    public void An_input_topic_is_taken_apart(string topic, string input, string bag)
    {
        Assert.True(InputTopic.TryParse(Module, topic, out string foundInput, out string foundBag));
        Assert.Equal((input, bag), (foundInput, foundBag));
    }

    [Theory]
    [InlineData("devices/edge-1/modules/reader/inputs/")]
    [InlineData("devices/edge-1/modules/reader/inputs//a=1")]
    [InlineData("devices/edge-1/modules/other/inputs/in/a=1")]
    [InlineData("devices/edge-2/modules/reader/inputs/in/a=1")]
    [InlineData("DEVICES/edge-1/modules/reader/inputs/in/a=1")]
    [InlineData("")]
    public void Another_topic_is_no_input(string topic) => Assert.False(InputTopic.TryParse(Module, topic, out _, out _));

    [Fact]
    public void A_cloud_message_topic_is_taken_apart()
    {
        Assert.True(CloudMessageTopic.TryParse(Device, "devices/device-1/messages/devicebound/%24.mid=1&a=b/", out string bag));
        Assert.Equal("%24.mid=1&a=b", bag);
        Assert.False(CloudMessageTopic.TryParse(Device, "devices/device-2/messages/devicebound/", out _));
    }

    [Fact]
    public void Filters_are_those_that_edgehub_knows()
    {
        Assert.Equal("devices/edge-1/modules/reader/inputs/#", InputTopic.Filter(Module));
        Assert.Equal("devices/device-1/messages/devicebound/#", CloudMessageTopic.Filter(Device));
        Assert.Equal("$iothub/twin/res/#", TwinTopic.ResponseFilter);
        Assert.Equal("$iothub/twin/PATCH/properties/desired/#", TwinTopic.DesiredFilter);
        Assert.Equal("$iothub/methods/POST/#", MethodTopic.RequestFilter);
    }

    [Theory]
    [InlineData("$iothub/twin/res/200/?$rid=ab-1", 200, "ab-1")]
    [InlineData("$iothub/twin/res/204/?$rid=7&$version=12", 204, "7")]
    public void A_twin_answer_is_taken_apart(string topic, int status, string requestId)
    {
        Assert.True(TwinTopic.TryParseResponse(topic, out int foundStatus, out string foundId));
        Assert.Equal((status, requestId), (foundStatus, foundId));
    }

    [Theory]
    [InlineData("$iothub/twin/res/")]
    [InlineData("$iothub/twin/res/200")]
    [InlineData("$iothub/twin/res/200/")]
    [InlineData("$iothub/twin/res/200/?$rid=")]
    [InlineData("$iothub/twin/res/-1/?$rid=1")]
    [InlineData("$iothub/twin/res/99999999999/?$rid=1")]
    [InlineData("$iothub/twin/res/x/?$rid=1")]
    [InlineData("$iothub/twin/res/200/?$version=1")]
    public void Another_topic_is_no_twin_answer(string topic) => Assert.False(TwinTopic.TryParseResponse(topic, out _, out _));

    [Fact]
    public void Requests_have_the_form_of_the_device_sdk()
    {
        Assert.Equal("$iothub/twin/GET/?$rid=1", TwinTopic.Get("1"));
        Assert.Equal("$iothub/twin/PATCH/properties/reported/?$rid=1", TwinTopic.PatchReported("1"));
        Assert.Equal("$iothub/methods/res/404/?$rid=1", MethodTopic.Response(404, "1"));
        Assert.True(TwinTopic.IsDesired("$iothub/twin/PATCH/properties/desired/?$version=3"));
    }

    [Fact]
    public void A_call_is_taken_apart()
    {
        Assert.True(MethodTopic.TryParseRequest("$iothub/methods/POST/getStatus/?$rid=17", out string method, out string requestId));
        Assert.Equal(("getStatus", "17"), (method, requestId));
    }

    [Theory]
    [InlineData("$iothub/methods/POST/getStatus/?$rid=a+b", "an id that cannot stand in a topic")]
    [InlineData("$iothub/methods/POST/getStatus/?$rid=#", "an id that cannot stand in a topic")]
    [InlineData("$iothub/methods/POST/getStatus/?$rid=a/b", "an id that cannot stand in a topic")]
    [InlineData("$iothub/methods/POST/getStatus/", "no id")]
    [InlineData("$iothub/methods/POST//?$rid=1", "no method")]
    public void A_call_that_cannot_be_answered_is_none(string topic, string because) =>
        Assert.False(MethodTopic.TryParseRequest(topic, out _, out _), because);

    [Theory]
    [InlineData("", 0)]
    [InlineData("&&&", 0)]
    [InlineData("a", 1)]
    [InlineData("a=1&A=2", 1)]
    [InlineData("%zz=%", 1)]
    [InlineData("=x", 1)]
    public void A_broken_bag_still_gives_properties(string bag, int count) => Assert.Equal(count, PropertyBag.Read(bag).Count);
}
