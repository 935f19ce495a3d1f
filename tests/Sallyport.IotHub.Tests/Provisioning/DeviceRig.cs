using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity;
using Sallyport.IotHub.Provisioning;
using Sallyport.IotHub.Tests.Broker;
using Sallyport.TestKit;

namespace Sallyport.IotHub.Tests.Provisioning;

/// <summary>A broker that plays provisioning service or hub, and a device with certificates, on a clock that the test moves.</summary>
internal sealed class DeviceRig : IAsyncDisposable
{
    public const string Device = "gateway-1";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-device-");
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    private DeviceRig(TestBroker broker, TestAuthority authority, FakeTimeProvider time, CancellationToken over)
    {
        (Broker, Authority, Time, Over) = (broker, authority, time, over);
        RootsFile = Path.Combine(_folder.FullName, "roots.pem");
        File.WriteAllText(RootsFile, authority.TrustBundle);
        Check = new OwnCertificateCheck(time, _ => Revocation);
        Logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(Log)));
    }

    public TestBroker Broker { get; }

    public TestAuthority Authority { get; }

    public FakeTimeProvider Time { get; }

    public CancellationToken Over { get; }

    public string RootsFile { get; }

    public string Folder => _folder.FullName;

    public OwnCertificateCheck Check { get; }

    /// <summary>What our own revocation lists say about our certificate.</summary>
    public string? Revocation { get; set; }

    public FakeLogCollector Log { get; } = FakeLogCollector.Create(new FakeLogCollectorOptions());

    public ILoggerFactory Logs { get; }

    public TestMeters Meters { get; } = new();

    public ConcurrentQueue<ProvisioningStep> Steps { get; } = [];

    /// <summary>Answers to the next requests: status with what follows the request id, and body.</summary>
    public ConcurrentQueue<(string Status, string Query, string Body)> Answers { get; } = [];

    public static async Task<DeviceRig> CreateAsync(CancellationToken over)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var authority = new TestAuthority(time.GetUtcNow());
        IPAddress address = LoopbackAddress.Next();
        TestBroker broker = await TestBroker.StartAsync(address, authority.IssueServer(address.ToString()));
        var rig = new DeviceRig(broker, authority, time, over);
        broker.OnPublish = rig.Answer;
        return rig;
    }

    public ProvisioningTarget Target() =>
        ProvisioningTarget.TryCreate("0ne00000A0A", Device, Broker.Address.ToString(), out ProvisioningTarget? target) ? target : throw new InvalidOperationException();

    public DeviceProvisioner Provisioner(ProvisioningTarget? target = null) =>
        new(target ?? Target(), RootsFile, Check, new ProvisioningLimits(), Time, Steps.Enqueue, () => 0.5);

    /// <summary>Registers, and moves the clock while the service has us wait.</summary>
    public async Task<ProvisioningOutcome> RegisterAsync(DeviceProvisioner provisioner, params DeviceCertificate[] certificates)
    {
        Task<ProvisioningOutcome> registering = provisioner.RegisterAsync([.. certificates], Over);
        while (!registering.IsCompleted)
        {
            if (Steps.LastOrDefault() is ProvisioningStep.Assigning or ProvisioningStep.Throttled)
            {
                Time.Advance(TimeSpan.FromSeconds(1));
            }

            await Task.WhenAny(registering, Task.Delay(Look, TimeProvider.System, Over));
        }

        return await registering;
    }

    public AssignmentStore Store(ProvisioningTarget? target = null) =>
        AssignmentStore.Open(Folder, SharedAccessKey.Parse(Convert.ToBase64String(new byte[32])), "SecureBuffer", target ?? Target());

    public void Launch(Func<CancellationToken, Task> run) => _running = run(_stop.Token);

    /// <summary>Waits for something that another thread does, and moves the clock meanwhile if told so.</summary>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan step = default)
    {
        while (!isSo())
        {
            Time.Advance(step);
            await Task.Delay(Look, TimeProvider.System, Over);
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        while (!_running.IsCompleted)
        {
            // Whatever limit the connection waits for, it passes.
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(_running, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None));
        }

        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Broker.DisposeAsync();
        Logs.Dispose();
        Meters.Dispose();
        _stop.Dispose();
        Authority.Dispose();
        _folder.Delete(recursive: true);
    }

    private (string Topic, string Body)? Answer(Arrival request)
    {
        int at = request.Topic.IndexOf("$rid=", StringComparison.Ordinal);
        if (at < 0 || !request.Topic.StartsWith("$dps/", StringComparison.Ordinal) || !Answers.TryDequeue(out (string Status, string Query, string Body) answer))
        {
            return null;
        }

        string requestId = request.Topic[(at + 5)..].Split('&')[0];
        return ($"$dps/registrations/res/{answer.Status}/?$rid={requestId}{answer.Query}", answer.Body);
    }
}
