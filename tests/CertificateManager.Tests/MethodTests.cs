using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sallyport.CertificateManager.Configuration;
using Sallyport.CertificateManager.Methods;
using Sallyport.CertificateManager.Renewal;
using Sallyport.CertificateManager.Watch;
using Sallyport.Hosting;
using Sallyport.Identity.Renewal;
using Sallyport.IotHub;

namespace Sallyport.CertificateManager.Tests;

public sealed class MethodTests
{
    [Fact(Timeout = 60_000)]
    public async Task The_table_has_every_certificate_and_how_the_renewal_stands()
    {
        await using Site site = await Site.StartAsync();
        await site.UntilAsync(RenewalState.Idle);
        var certificate = new WatchedCertificate(WatchedKind.Plc, "press", "00")
        {
            Subject = "CN=press",
            Issuer = "CN=plant",
            SerialNumber = "0A",
            NotBefore = site.Time.GetUtcNow().AddDays(-80),
            NotAfter = site.Time.GetUtcNow().AddDays(10),
        };
        var board = new CertificateBoard { Last = new Survey([certificate], ["a fault"]) };
        JsonElement answer = await AskAsync(new GetCertificatesMethod(board, site.Status, site.Plans, site.Time));
        JsonElement row = Assert.Single(answer.GetProperty("certificates").EnumerateArray());
        Assert.Equal(("press", "plc", "0A", 10.0, "urgent"), (
            row.GetProperty("name").GetString(), row.GetProperty("kind").GetString(), row.GetProperty("serialNumber").GetString(),
            row.GetProperty("daysLeft").GetDouble(), row.GetProperty("state").GetString()));
        Assert.Equal("a fault", answer.GetProperty("faults")[0].GetString());
        Assert.Equal(("Idle", Site.DeviceId), (answer.GetProperty("renewal").GetProperty("state").GetString(), answer.GetProperty("renewal").GetProperty("deviceId").GetString()));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("", 202)]
    [InlineData("null", 202)]
    [InlineData("{}", 202)]
    [InlineData("""{"startAnew":false}""", 202)]
    [InlineData("""{"startAnew":true}""", 409)]
    [InlineData("""{"now":true}""", 400)]
    [InlineData("[", 400)]
    public async Task Renew_leaves_an_order_where_there_is_something_to_renew(string payload, int status)
    {
        await using Site site = await Site.StartAsync();
        await site.UntilAsync(RenewalState.Idle);
        var method = new RenewMethod(site.Plans, site.Orders, site.Status, site.Tell);
        MethodResponse answer = await method.AnswerAsync(new MethodRequest(RenewMethod.Method, Encoding.UTF8.GetBytes(payload)), Site.Token);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 202 ? RenewalOrder.Renew : null, site.Orders.Take());
    }

    [Fact(Timeout = 60_000)]
    public async Task Renew_is_refused_while_a_renewal_is_under_way_and_without_an_enrolment_server()
    {
        await using Site site = await Site.StartAsync();
        await site.UntilAsync(RenewalState.Requesting);
        var method = new RenewMethod(site.Plans, site.Orders, site.Status, site.Tell);
        Assert.Equal(409, (await method.AnswerAsync(new MethodRequest(RenewMethod.Method, default), Site.Token)).Status);
        site.Plans.Replace(new CurrentPlan<CertificatePlan>.Edition(new CertificatePlan(), 2, "2"));
        Assert.Equal(409, (await method.AnswerAsync(new MethodRequest(RenewMethod.Method, default), Site.Token)).Status);
    }

    [Fact]
    public async Task The_module_is_composed_and_registers_its_methods()
    {
        HostApplicationBuilder builder = EdgeModule.CreateBuilder([]);
        builder.Services.AddCertificateManager();
        var hub = new RecordingHub();
        builder.Services.AddSingleton<IHubConnection>(hub);
        builder.Services.AddSingleton(EdgeEnvironment.Read(
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["EdgeHubConnectionString"] = $"HostName=hub.test;GatewayHostName=localhost;DeviceId=edge-1;ModuleId=CertificateManager;SharedAccessKey={Convert.ToBase64String(new byte[32])}",
                ["EdgeModuleCACertificateFile"] = "none.pem",
            },
            TimeProvider.System));
        await using ServiceProvider provider = builder.Services.BuildServiceProvider();
        MethodHandlers handlers = provider.GetServices<IHostedService>().OfType<MethodHandlers>().Single();
        await handlers.StartAsync(Site.Token);
        Assert.Equal(["getCertificates", "renew", "updateTrust"], hub.Methods.Keys.Order(StringComparer.Ordinal));
        Assert.NotNull(provider.GetRequiredService<RenewalLoop>());
        Assert.NotNull(provider.GetRequiredService<WatchLoop>());
    }

    private static async Task<JsonElement> AskAsync(GetCertificatesMethod method) =>
        JsonElement.Parse((await method.AnswerAsync(new MethodRequest(GetCertificatesMethod.Method, default), Site.Token)).Payload.Span);
}
