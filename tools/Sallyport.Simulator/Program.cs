using System.Runtime.InteropServices;
using Sallyport.Simulator.Terminal;

using var stop = new CancellationTokenSource();
using var abandon = new CancellationTokenSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
var program = new SimulatorProgram(Console.Out, Console.Error, Console.IsOutputRedirected ? null : () => Console.WindowWidth, TimeProvider.System, Environment.IsPrivilegedProcess);
return (int)await program.RunAsync(args, stop.Token, abandon.Token);

// The first signal stops in good order; the second one stops waiting for it.
void OnSignal(PosixSignalContext context)
{
    context.Cancel = true;
    (stop.IsCancellationRequested ? abandon : stop).Cancel();
}
