using Sallyport.SealedRing.Devices;

namespace Sallyport.RingWriter;

/// <summary>Opens a file as a ring does, and keeps it until its input ends.</summary>
internal static class LockHolder
{
    public static int Run(string path)
    {
        if (FileDevice.Open(path) is not DeviceOpening.Opened opened)
        {
            return 1;
        }

        using (opened.Device)
        {
            Console.Out.WriteLine("held");
            Console.ReadLine();
        }

        return 0;
    }
}
