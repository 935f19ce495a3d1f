using System.Text.Json;
using Sallyport.CertificateManager.Configuration;
using Sallyport.Hosting;
using Sallyport.Identity.Revocation;

namespace Sallyport.CertificateManager.Tests;

public sealed class CertificatePlanReaderTests
{
    private const string Est = """
        "deviceId":"gw-1","roots":"/r.pem","est":{"url":"https://est.example/.well-known/est/device"}
        """;

    [Fact]
    public void Nothing_configured_watches_edgeHub_and_renews_nothing()
    {
        CertificatePlan plan = Read("{}");
        Assert.Null(plan.Enrolment);
        Assert.True(plan.WatchesEdgeHub);
        Assert.Empty(plan.Places);
    }

    [Fact]
    public void Everything_that_can_be_said_is_understood()
    {
        CertificatePlan plan = Read("{" + Est + """
            ,"overlapDays":10,"edgeHub":false,
             "bootstrap":{"certificateFile":"/b.pem","keyFile":"/b.key"},
             "dps":{"idScope":"0ne00000A0A","host":"dps.example:8883","roots":"/dps.pem"},
             "watch":{"edge":{"kind":"edge-ca","path":"/edge"},"press":{"kind":"plc","path":"/plc.pem"}},
             "opcUaStores":{"publisher":{"path":"/pki"}}}
            """);
        Assert.Equal(
            new EnrolmentPlan("gw-1", new Uri("https://est.example/.well-known/est/device"), "/r.pem")
            {
                Bootstrap = new BootstrapFiles("/b.pem", "/b.key"),
                Overlap = TimeSpan.FromDays(10),
                Proof = plan.Enrolment!.Proof,
            },
            plan.Enrolment);
        Assert.Equal(("gw-1", "dps.example", "/dps.pem"), (plan.Enrolment.Proof!.Target.RegistrationId, plan.Enrolment.Proof.Target.HostText, plan.Enrolment.Proof.RootsFile));
        Assert.Equal([new WatchedPlace("edge", WatchedKind.EdgeAuthority, "/edge"), new WatchedPlace("press", WatchedKind.Plc, "/plc.pem")], plan.Places);
        Assert.Equal(new OpcUaStore("publisher", "/pki"), Assert.Single(plan.Stores));
        Assert.False(plan.WatchesEdgeHub);
        Assert.Equal("/r.pem", plan.RootsFile);
    }

    [Theory]
    [InlineData("""{"wach":{}}""", "/wach", "Unknown key")]
    [InlineData("""{"est":{"url":"https://e/"},"roots":"/r"}""", "/deviceId", "missing")]
    [InlineData("""{"est":{"url":"https://e/"},"deviceId":"gw"}""", "/roots", "missing")]
    [InlineData("""{"est":{"url":"http://e/"},"deviceId":"gw","roots":"/r"}""", "/est/url", "https://")]
    [InlineData("""{"est":{"url":"https://u:p@e/"},"deviceId":"gw","roots":"/r"}""", "/est/url", "https://")]
    [InlineData("""{"est":{},"deviceId":"gw","roots":"/r"}""", "/est/url", "missing")]
    [InlineData("""{"est":{"url":"https://e/"},"deviceId":"GW","roots":"/r"}""", "/deviceId", "small letters")]
    [InlineData("""{"est":{"url":"https://e/"},"deviceId":"gw","roots":"r.pem"}""", "/roots", "full path")]
    [InlineData("{" + Est + ""","overlapDays":0}""", "/overlapDays", "from 1 to 30")]
    [InlineData("{" + Est + ""","bootstrap":{"certificateFile":"/b"}}""", "/bootstrap/keyFile", "missing")]
    [InlineData("{" + Est + ""","dps":{"idScope":"0ne!","roots":"/r"}}""", "/dps/idScope", "ID scope")]
    [InlineData("{" + Est + ""","dps":{"idScope":"0ne"}}""", "/dps/roots", "missing")]
    [InlineData("""{"overlapDays":7}""", "/overlapDays", "does nothing without est")]
    [InlineData("""{"dps":{"idScope":"0ne"}}""", "/dps", "does nothing without est")]
    [InlineData("""{"watch":{"a":{"kind":"toaster","path":"/a"}}}""", "/watch/a/kind", "is none of device")]
    [InlineData("""{"watch":{"a":{"kind":"plc","path":"a"}}}""", "/watch/a/path", "full path")]
    [InlineData("""{"opcUaStores":{"a":{}}}""", "/opcUaStores/a/path", "missing")]
    [InlineData("""{"opcUaStores":{"a":{"path":"/a","trusts":["b"]}}}""", "/opcUaStores/a/trusts/0", "another store")]
    [InlineData("""{"opcUaStores":{"a":{"path":"/a","trusts":["a"]}}}""", "/opcUaStores/a/trusts/0", "another store")]
    [InlineData("""{"opcUaStores":{"a":{"path":"/a","trusts":[1]}}}""", "/opcUaStores/a/trusts/0", "")]
    [InlineData("""{"est":{"url":"https://e/","revocation":"never"},"deviceId":"gw","roots":"/r"}""", "/est/revocation", "none-published")]
    [InlineData("""{"est":{"url":"https://e/","revocation":"grace:721"},"deviceId":"gw","roots":"/r"}""", "/est/revocation", "1 to 720 hours")]
    public void A_fault_says_where_it_is_and_what_would_be_right(string document, string pointer, string reason)
    {
        var refused = Assert.IsType<PlanReading<CertificatePlan>.Refused>(Reading(document));
        Assert.Contains(refused.Faults, fault => string.Equals(fault.Pointer, pointer, StringComparison.Ordinal) && fault.Reason.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Proof_that_nothing_is_revoked_is_demanded_unless_the_plan_says_otherwise()
    {
        Assert.Same(RevocationPolicy.Require.Instance, Read("{" + Est + "}").Enrolment!.Revocation);
        Assert.Equal(new RevocationPolicy.Grace(48), Read("""{"deviceId":"gw","roots":"/r","est":{"url":"https://e/","revocation":"grace:48"}}""").Enrolment!.Revocation);
        Assert.Same(
            RevocationPolicy.NonePublished.Instance,
            Read("""{"deviceId":"gw","roots":"/r","est":{"url":"https://e/","revocation":"none-published"}}""").Enrolment!.Revocation);
    }

    [Fact]
    public void A_store_trusts_the_applications_of_others_that_may_come_later_in_the_document()
    {
        CertificatePlan plan = Read("""{"opcUaStores":{"server":{"path":"/s","trusts":["publisher"]},"publisher":{"path":"/p"}}}""");
        Assert.Equal(["publisher"], plan.Stores.Single(store => store.Name is "server").Trusts);
        Assert.Equal(TimeSpan.FromDays(7), plan.Overlap);
    }

    private static CertificatePlan Read(string document) => Assert.IsType<PlanReading<CertificatePlan>.Accepted>(Reading(document)).Plan;

    private static PlanReading<CertificatePlan> Reading(string document) => new CertificatePlanReader().Read(JsonElement.Parse(document));
}
