using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.IotHub.Provisioning;
using Sallyport.SecureBuffer.Configuration;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>The section <c>direct</c> of the desired properties.</summary>
public sealed class DirectUplinkReaderTests
{
    private const string Files = "\"certificateFile\":\"/c\",\"keyFile\":\"/k\",\"rootsFile\":\"/r\"";
    private const string Least = "\"idScope\":\"0ne00000A0A\",\"registrationId\":\"gateway-1\"," + Files;

    [Fact]
    public void The_least_takes_the_global_service_and_the_acknowledgement_as_proof()
    {
        BufferPlan plan = Accepted("{\"uplink\":\"direct\",\"direct\":{" + Least + "}}");
        Assert.Equal(DeliveryProof.PubAck, plan.Proof);
        Assert.True(ProvisioningTarget.TryCreate("0ne00000A0A", "gateway-1", ProvisioningTarget.GlobalHost, out ProvisioningTarget? target));
        Assert.Equal(new DirectUplinkPlan(target, new DirectIdentity.Files(new CertificateFiles("/c", "/k")), "/r"), plan.Direct);
    }

    [Fact]
    public void Everything_can_be_set()
    {
        BufferPlan plan = Accepted(
            "{\"uplink\":\"direct\",\"deliveryProof\":\"puback\",\"direct\":{" + Least
            + ",\"provisioningHost\":\"127.0.0.3:18883\",\"previousCertificateFile\":\"/pc\",\"previousKeyFile\":\"/pk\"}}");
        Assert.Equal("127.0.0.3:18883", plan.Direct?.Target.HostText);
        Assert.Equal(new DirectIdentity.Files(new CertificateFiles("/c", "/k", "/pc", "/pk")), plan.Direct?.Identity);
    }

    [Fact]
    public void An_identity_folder_takes_the_place_of_files()
    {
        BufferPlan plan = Accepted(
            """{"uplink":"direct","direct":{"idScope":"0ne00000A0A","registrationId":"gateway-1","identityFolder":"/identity","rootsFile":"/r"}}""");
        Assert.Equal(new DirectIdentity.Journal("/identity"), plan.Direct?.Identity);
    }

    [Theory]
    [InlineData("""{"uplink":"direct"}""", "/direct")]
    [InlineData("""{"uplink":"direct","direct":7}""", "/direct")]
    [InlineData("{\"direct\":{" + Least + "}}", "/direct")]
    [InlineData("{\"uplink\":\"direct\",\"deliveryProof\":\"edgeHubMetrics\",\"direct\":{" + Least + "}}", "/deliveryProof")]
    [InlineData("{\"uplink\":\"direct\",\"direct\":{" + Least + ",\"more\":1}}", "/direct/more")]
    [InlineData("{\"uplink\":\"direct\",\"direct\":{\"registrationId\":\"gateway-1\"," + Files + "}}", "/direct/idScope")]
    [InlineData("{\"uplink\":\"direct\",\"direct\":{\"idScope\":\"0/\",\"registrationId\":\"gateway-1\"," + Files + "}}", "/direct/idScope")]
    [InlineData("{\"uplink\":\"direct\",\"direct\":{\"idScope\":\"0ne\",\"registrationId\":\"gateway.\"," + Files + "}}", "/direct/registrationId")]
    [InlineData("{\"uplink\":\"direct\",\"direct\":{\"idScope\":\"0ne\",\"registrationId\":\"g\",\"certificateFile\":\"c\",\"keyFile\":\"/k\",\"rootsFile\":\"/r\"}}", "/direct/certificateFile")]
    [InlineData("{\"uplink\":\"direct\",\"direct\":{" + Least + ",\"provisioningHost\":\"no host\"}}", "/direct/provisioningHost")]
    [InlineData("{\"uplink\":\"direct\",\"direct\":{" + Least + ",\"previousKeyFile\":\"/pk\"}}", "/direct/previousCertificateFile")]
    [InlineData("{\"uplink\":\"direct\",\"direct\":{" + Least + ",\"identityFolder\":\"/i\"}}", "/direct/certificateFile")]
    [InlineData("{\"uplink\":\"direct\",\"direct\":{\"idScope\":\"0ne\",\"registrationId\":\"g\",\"identityFolder\":\"i\",\"rootsFile\":\"/r\"}}", "/direct/identityFolder")]
    public void What_cannot_be_is_refused_where_it_stands(string desired, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Assert.IsType<PlanReading<BufferPlan>.Refused>(Read(desired)).Faults).Pointer);

    private static BufferPlan Accepted(string desired) => Assert.IsType<PlanReading<BufferPlan>.Accepted>(Read(desired)).Plan;

    private static PlanReading<BufferPlan> Read(string desired)
    {
        using var document = JsonDocument.Parse(desired);
        return new BufferPlanReader().Read(document.RootElement);
    }
}
