using Microsoft.Extensions.Logging.Abstractions;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Renewal;
using Sallyport.Identity.Renewal;
using Sallyport.IotHub.Provisioning;
using Sallyport.Simulator.Certificates;
using Sallyport.Simulator.Cloud;
using Sallyport.Simulator.Provisioning;

namespace Sallyport.CertificateManager.Tests;

/// <summary>A new certificate has to register at the provisioning service before it is used: what that service may say to it.</summary>
public sealed class ProvisioningProofTests
{
    private const int AnHour = 3600;

    [Theory(Timeout = 60_000)]
    [InlineData("unknown", "there is no such ID scope, or no enrolment for this device in it")]
    [InlineData("foreign", "the certificate does not fit the enrolment")]
    [InlineData("disabled", "the enrolment is disabled: enable it, or find out why somebody shut this device out")]
    [InlineData("scope", "CONNACK says not authorized")]
    [InlineData("rejected", "the custom allocation of the enrolment failed")]
    public async Task A_refusal_says_why_and_the_certificate_before_stays_in_use_until_the_service_accepts_one(string kind, string reason)
    {
        await using Site site = await Site.StartAsync();
        await using ProvisioningService service = await ServiceAsync(site, AnHour);
        using var others = new CertificateAuthority(site.Time, new Uri("http://127.0.0.1/"));
        switch (kind)
        {
            case "foreign":
                service.Enrolments.Put(new Enrolment.Group("gateways", [others.Issuing]));
                break;
            case "disabled":
                service.Enrolments.Put(new Enrolment.Group("gateways", [site.Authority.Issuing]) { IsDisabled = true });
                break;
            case "rejected":
                service.FailNext(400_209);
                break;
        }

        RenewalJournal before = await BeginAsync(site, kind is "scope" ? "0ne00OTHER" : ProvisioningOptions.IdScope);
        await site.UntilAsync(RenewalState.Backoff);
        Assert.StartsWith("the new certificate is not accepted: ", site.Journal.Reason, StringComparison.Ordinal);
        Assert.Contains(reason, site.Journal.Reason, StringComparison.Ordinal);
        Assert.Equal((before.Active, before.ActiveSlot, ""), (site.Journal.Active, site.Journal.ActiveSlot, site.Journal.Next));
        Assert.Equal(["CertificateRenewed", "CertificateSuperseded"], site.Told);

        service.Enrolments.Put(new Enrolment.Group("gateways", [site.Authority.Issuing]));
        site.Plan = site.Plan with { Proof = ProofOf(site, ProvisioningOptions.IdScope) };
        await site.UntilAsync(RenewalState.Overlap);
        Assert.Equal(before.Active, site.Journal.Previous);
        Assert.NotEqual(before.ActiveSlot, site.Journal.ActiveSlot);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_service_that_has_no_time_is_left_alone_as_long_as_it_wants_and_proves_the_same_certificate_then()
    {
        await using Site site = await Site.StartAsync();
        await using ProvisioningService service = await ServiceAsync(site, AnHour);
        service.Enrolments.Put(new Enrolment.Group("gateways", [site.Authority.Issuing]));
        service.FailNext(429_001);
        RenewalJournal before = await BeginAsync(site, ProvisioningOptions.IdScope);
        await site.UntilAsync(RenewalState.Proving);
        DateTimeOffset asked = site.Time.GetUtcNow();
        await site.TurnAsync();
        Assert.Equal((RenewalState.Proving, 1), (site.Journal.State, site.Journal.Failures));
        Assert.Contains("the fleet registers too fast", site.Journal.Reason, StringComparison.Ordinal);
        Assert.True(site.Journal.Until >= asked.AddSeconds(AnHour));
        Assert.Equal(before.Active, site.Journal.Active);

        await site.UntilAsync(RenewalState.Overlap);
        Assert.Equal(2, site.Server.Issued.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task While_the_service_is_out_of_reach_the_new_certificate_waits()
    {
        await using Site site = await Site.StartAsync();
        RenewalJournal before = await BeginAsync(site, ProvisioningOptions.IdScope);
        await site.UntilAsync(RenewalState.Proving);
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            await site.TurnAsync();
            Assert.Equal((RenewalState.Proving, attempt), (site.Journal.State, site.Journal.Failures));
            site.Time.Advance(TimeSpan.FromHours(7));
        }

        Assert.Equal(before.Active, site.Journal.Active);
        Assert.Contains("RenewalFailing", site.Told);
        await using ProvisioningService service = await ServiceAsync(site, AnHour);
        service.Enrolments.Put(new Enrolment.Group("gateways", [site.Authority.Issuing]));
        await site.UntilAsync(RenewalState.Overlap);
        Assert.Equal(2, site.Server.Issued.Count);
    }

    private static async Task<ProvisioningService> ServiceAsync(Site site, int retryAfter)
    {
        var hub = new CloudHub(
            new CloudHubOptions { HostName = site.Addresses.IotHub.ToString(), Address = site.Addresses.IotHub }, site.Authority, site.Time, NullLoggerFactory.Instance);
        var service = new ProvisioningService(
            new ProvisioningOptions { Address = site.Addresses.Provisioning, Waits = 0, RetryAfter = retryAfter }, site.Authority, hub, site.Time, NullLoggerFactory.Instance);
        await service.StartAsync();
        return service;
    }

    private static ProvisioningProof ProofOf(Site site, string scope)
    {
        Assert.True(ProvisioningTarget.TryCreate(scope, Site.DeviceId, site.Addresses.Provisioning.ToString(), out ProvisioningTarget? target));
        return new ProvisioningProof(target, site["roots.pem"]);
    }

    // With a first certificate that nobody had to prove.
    private static async Task<RenewalJournal> BeginAsync(Site site, string scope)
    {
        await site.UntilAsync(RenewalState.Idle);
        RenewalJournal before = site.Journal;
        site.Plan = site.Plan with { Proof = ProofOf(site, scope) };
        site.Time.Advance(TimeSpan.FromHours(1));
        site.Orders.Place(RenewalOrder.Renew);
        return before;
    }
}
