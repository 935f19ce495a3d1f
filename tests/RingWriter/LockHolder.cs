using Sallyport.SealedRing.Devices;

namespace Sallyport.RingWriter;

/// <summary>Opens a file as a ring does, and keeps it until its input ends.</summary>
internal static class LockHolder
{
    public static int Run(string path, TextWriter output)
    {
        if (FileDevice.Open(path) is not DeviceOpening.Opened opened)
        {
            return 1;
        }

        using (opened.Device)
        {
            output.WriteLine("held");
            Console.ReadLine();
        }

        return 0;
    }
}
