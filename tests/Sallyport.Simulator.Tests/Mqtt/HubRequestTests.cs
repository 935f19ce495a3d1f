using Sallyport.Manifest.Routing;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Mqtt;

namespace Sallyport.Simulator.Tests.Mqtt;

public sealed class HubRequestTests
{
    [Theory]
    [InlineData("devices/d/messages/events/", "d", "", "")]
    [InlineData("devices/d/messages/events", "d", "", "")]
    [InlineData("devices/d/modules/m/messages/events/%24.on=out&a=b", "d", "m", "%24.on=out&a=b")]
    [InlineData("devices/d/modules/m/messages/events/%24.on=out/", "d", "m", "%24.on=out")]
    public void Telemetry_is_known_by_its_topic(string topic, string device, string module, string bag) =>
        Assert.Equal(new HubRequest.Telemetry(device, module, bag), HubRequest.Of(topic));

    [Fact]
    public void Twin_and_method_topics_carry_a_request_id()
    {
        Assert.Equal(new HubRequest.ReadTwin("7"), HubRequest.Of("$iothub/twin/GET/?$rid=7"));
        Assert.Equal(new HubRequest.ReadTwin(string.Empty), HubRequest.Of("$iothub/twin/GET/?"));
        Assert.Equal(new HubRequest.ReportProperties("a-b"), HubRequest.Of("$iothub/twin/PATCH/properties/reported/?$rid=a-b&$version=2"));
        Assert.Equal(new HubRequest.AnswerMethod(200, "x"), HubRequest.Of("$iothub/methods/res/200/?$rid=x"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("devices/d/modules/m/inputs/in/")]
    [InlineData("$iothub/twin/POST/?$rid=7")]
    [InlineData("$iothub/methods/res/99999999999999999999/?$rid=x")]
    public void Other_topics_are_unknown(string topic) => Assert.Equal(HubRequest.Unknown.Instance, HubRequest.Of(topic));

    [Theory]
    [InlineData("$iothub/methods/POST/#", nameof(HubFeature.Methods))]
    [InlineData("$iothub/twin/PATCH/properties/desired/#", nameof(HubFeature.DesiredProperties))]
    [InlineData("$iothub/twin/res/#", nameof(HubFeature.TwinResponses))]
    [InlineData("$iothub/twin/res/+", nameof(HubFeature.None))]
    [InlineData("devices/d/messages/devicebound/#", nameof(HubFeature.DeviceBoundMessages))]
    [InlineData("devices/d/modules/m/#", nameof(HubFeature.ModuleInputs))]
    [InlineData("devices/d/modules/m/inputs/#", nameof(HubFeature.ModuleInputs))]
    [InlineData("devices/d/modules/m/inputs/in/+", nameof(HubFeature.None))]
    [InlineData("#", nameof(HubFeature.None))]
    public void Only_documented_subscriptions_mean_something(string filter, string feature) =>
        Assert.Equal(feature, HubTopics.FeatureOf(filter).ToString());

    [Theory]
    [InlineData("hub/d/?api-version=2021-04-12", "d", "")]
    [InlineData("hub/d/m/?api-version=2021-04-12&DeviceClientType=x%2F1", "d", "m")]
    [InlineData("hub/d/m/api-version=2021-04-12", "d", "m")]
    public void A_user_name_carries_the_identity(string text, string device, string module)
    {
        Assert.True(HubUserName.TryParse(text, out HubIdentity? identity));
        Assert.Equal(new HubIdentity(device, module), identity);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hub/d/m")]
    [InlineData("hub/d/m/?")]
    [InlineData("hub//?api-version=1")]
    [InlineData("hub/d/m/x/?api-version=1")]
    public void Other_user_names_are_refused(string text) => Assert.False(HubUserName.TryParse(text, out _));

    [Fact]
    public void A_property_bag_survives_the_way_there_and_back()
    {
        KeyValuePair<string, string?>[] properties =
            [new("$.mid", "a/b&c=d"), new("bare", null), new("empty", string.Empty), new("ü?#", "+ %20")];

        string bag = PropertyBag.Write(properties);

        Assert.Equal("%24.mid=a%2Fb%26c%3Dd&bare&empty=&%C3%BC%3F%23=%2B%20%2520", bag);
        Assert.Equal(properties, PropertyBag.Parse(bag));
    }
}
