using System.Text.Json;
using Sallyport.Hosting;
using Sallyport.SecureBuffer.Configuration;

namespace Sallyport.SecureBuffer.Tests;

/// <summary>Desired properties become a plan, or are refused where the fault is.</summary>
public sealed class BufferPlanReaderTests
{
    [Fact]
    public void An_empty_document_is_the_default() => Assert.Equal(BufferPlan.Default, Accepted("{}"));

    [Fact]
    public void Everything_can_be_set() => Assert.Equal(
        new BufferPlan(
            4_194_304, 524_288, 32_768, TimeSpan.FromMilliseconds(200), DeliveryProof.PubAck, 4, TimeSpan.FromSeconds(2), IsWriteThrough: true, Verifier: null),
        Accepted(
            """
            {"sizeBytes":4194304,"alertsSizeBytes":524288,"pageBytes":32768,"maxLatencyMs":200,
             "uplink":"edgeHub","deliveryProof":"puback","window":4,"commitIntervalMs":2000,"writeThrough":true}
            """));

    [Fact]
    public void The_values_of_the_deployment_template_are_the_default() => Assert.Equal(
        BufferPlan.Default,
        Accepted(
            """
            {"sizeBytes":2097152,"alertsSizeBytes":262144,"pageBytes":16384,"maxLatencyMs":10000,
             "uplink":"edgeHub","deliveryProof":"edgeHubMetrics","window":8}
            """));

    [Theory]
    [InlineData("""{"sizebytes":1}""", "/sizebytes")]
    [InlineData("""{"sizeBytes":262143}""", "/sizeBytes")]
    [InlineData("""{"sizeBytes":1073741825}""", "/sizeBytes")]
    [InlineData("""{"sizeBytes":"2097152"}""", "/sizeBytes")]
    [InlineData("""{"sizeBytes":524288,"pageBytes":32769,"alertsSizeBytes":1048576}""", "/sizeBytes")]
    [InlineData("""{"alertsSizeBytes":262144,"pageBytes":16385}""", "/alertsSizeBytes")]
    [InlineData("""{"pageBytes":9215}""", "/pageBytes")]
    [InlineData("""{"pageBytes":65537}""", "/pageBytes")]
    [InlineData("""{"maxLatencyMs":49}""", "/maxLatencyMs")]
    [InlineData("""{"maxLatencyMs":600001}""", "/maxLatencyMs")]
    [InlineData("""{"maxLatencyMs":null}""", "/maxLatencyMs")]
    [InlineData("""{"uplink":"modem"}""", "/uplink")]
    [InlineData("""{"deliveryProof":"none"}""", "/deliveryProof")]
    [InlineData("""{"window":0}""", "/window")]
    [InlineData("""{"window":9}""", "/window")]
    [InlineData("""{"commitIntervalMs":300001}""", "/commitIntervalMs")]
    [InlineData("""{"writeThrough":1}""", "/writeThrough")]
    [InlineData("[]", "")]
    public void What_cannot_be_is_refused_where_it_stands(string desired, string pointer) =>
        Assert.Equal(pointer, Assert.Single(Refused(desired)));

    [Fact]
    public void All_faults_are_told_at_once() =>
        Assert.Equal(["/extra", "/window", "/pageBytes"], Refused("""{"extra":1,"window":0,"pageBytes":1}""").OrderBy(pointer => pointer.Length));

    private static BufferPlan Accepted(string desired) =>
        Assert.IsType<PlanReading<BufferPlan>.Accepted>(Read(desired)).Plan;

    private static IEnumerable<string> Refused(string desired) =>
        Assert.IsType<PlanReading<BufferPlan>.Refused>(Read(desired)).Faults.Select(fault => fault.Pointer);

    private static PlanReading<BufferPlan> Read(string desired)
    {
        using var document = JsonDocument.Parse(desired);
        return new BufferPlanReader().Read(document.RootElement);
    }
}
