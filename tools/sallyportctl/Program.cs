using System.Runtime.InteropServices;
using Sallyport.Ctl;
using Sallyport.Ctl.Terminal;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
using var devices = new Devices(TimeProvider.System);
var surroundings = new Surroundings(Screen.OfProcess(), TimeProvider.System, devices.Open, Environment.GetEnvironmentVariable)
{
    OpenController = devices.Open,
};
return (int)await CommandRun.RunAsync(args, surroundings, stop.Token);

void OnSignal(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
