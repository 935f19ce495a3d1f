using Sallyport.Hosting;
using Sallyport.IotHub;
using Sallyport.Watchdog.Status;
using Sallyport.Watchdog.StatusPage;

namespace Sallyport.Watchdog.Methods;

/// <summary>Direct method <c>getHealth</c>: the last look at the gateway, the same document as the status page's.</summary>
internal sealed class GetHealthMethod(StatusBoard board, ModuleIdentity identity, TimeProvider time)
{
    public const string Method = "getHealth";

    // A method answer has 128 KiB.
    private const int MostDevices = 100;
    private const int MostCredentials = 50;
    private const int MostAlarms = 100;
    private const int Ok = 200;

    /// <summary>Answers the method. The payload of the request is not looked at.</summary>
    public Task<MethodResponse> AnswerAsync(MethodRequest request, CancellationToken cancellationToken)
    {
        GatewayStatus all = board.Current;
        GatewayStatus status = all with
        {
            Devices = [.. all.Devices.OrderByDescending(device => device.State).Take(MostDevices)],
            Credentials = [.. all.Credentials.Take(MostCredentials)],
            Alarms = [.. all.Alarms.Take(MostAlarms)],
        };
        return Task.FromResult(MethodAnswer.Of(Ok, json => StatusJson.Write(json, status, identity.DeviceId, time.GetUtcNow())));
    }
}
