using System.Runtime.InteropServices;
using Sallyport.Ctl;
using Sallyport.Ctl.Modbus;
using Sallyport.Ctl.Terminal;

using var stop = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
using var masters = new MasterFactory(TimeProvider.System);
var surroundings = new Surroundings(Screen.OfProcess(), TimeProvider.System, masters.Open, Environment.GetEnvironmentVariable)
{
    OpenController = static _ => throw new WrongUsageException("This build cannot connect to controllers."),
};
return (int)await CommandRun.RunAsync(args, surroundings, stop.Token);

void OnSignal(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}
