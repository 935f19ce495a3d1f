using Sallyport.Simulator.Terminal;

namespace Sallyport.Simulator.Tests;

public sealed class EdgeHubFlowTests
{
    private const string Page = """
        # TYPE edgehub_messages_received_total counter
        edgehub_messages_received_total{id="edge-1/Reader",route_output="telemetry"} 9
        # TYPE edgehub_messages_sent_total counter
        edgehub_messages_sent_total{iothub="h",from="edge-1/Reader",to="edge-1/Buffer",from_route_output="telemetry",to_route_input="in",priority="2"} 7
        edgehub_messages_sent_total{iothub="h",from="edge-1/Reader",to="edge-1/Buffer",from_route_output="telemetry",to_route_input="in",priority="0"} 1
        edgehub_messages_sent_total{iothub="h",from="edge-1/Buffer",to="upstream",from_route_output="up",to_route_input="",priority="1"} 3
        """;

    [Fact]
    public void Delivered_messages_are_summed_up_by_sender_output_and_receiver() => Assert.Equal(
        [new RouteCount("Reader.telemetry → Buffer.in", 8), new RouteCount("Buffer.up → upstream", 3)],
        EdgeHubFlow.Read(Page));

    [Fact]
    public void A_page_without_deliveries_gives_nothing() => Assert.Empty(EdgeHubFlow.Read(""));
}
