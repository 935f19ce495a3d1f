using System.ComponentModel;
using System.Diagnostics;

namespace Sallyport.Benchmarks;

/// <summary>Puts this process, and with it all that it starts, ahead of whatever else runs on the machine: both sides of every ratio alike.</summary>
internal static class Precedence
{
    /// <summary>Takes it where this user may.</summary>
    public static void Take()
    {
        try
        {
            using var self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.RealTime;
        }
        catch (Win32Exception)
        {
            // Then the figures are as good as the machine is quiet.
        }
    }
}
