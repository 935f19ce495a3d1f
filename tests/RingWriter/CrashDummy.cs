using Sallyport.SealedRing.Keys;

namespace Sallyport.RingWriter;

/// <summary>Holds keys, says how its memory is mapped, and waits to be killed.</summary>
internal static class CrashDummy
{
    private const int Keys = 3;

    public static int Run(bool isDumpable)
    {
        if (!isDumpable && !ProcessMemory.ForbidDumps())
        {
            return 1;
        }

        SecretKey[] keys = [.. Enumerable.Range(1, Keys).Select(fill => SecretKey.Create(bytes => bytes.Fill((byte)fill)))];
        Console.WriteLine(File.ReadAllText("/proc/self/smaps"));
        Console.WriteLine("ready");
        Console.ReadLine();
        Array.ForEach(keys, key => key.Dispose());
        return 0;
    }
}
