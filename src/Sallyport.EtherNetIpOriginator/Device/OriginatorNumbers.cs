using System.Security.Cryptography;

namespace Sallyport.EtherNetIpOriginator.Device;

/// <summary>The numbers by which devices tell connections apart. All random, for each process anew: a Micro800 takes two clients with the same ones for one.</summary>
internal static class OriginatorNumbers
{
    /// <summary>The vendor that we say we are; none has this number.</summary>
    public const ushort Vendor = 0x5359;

    private static uint _nextConnection = Random();
    private static uint _nextSerial = Random();

    /// <summary>The serial number of this process.</summary>
    public static uint SerialNumber { get; } = Random();

    /// <summary>An id that no other connection of this process has.</summary>
    public static uint NextConnectionId() => Interlocked.Increment(ref _nextConnection);

    /// <summary>A serial number that no connection of this process had lately.</summary>
    public static ushort NextConnectionSerialNumber() => (ushort)Interlocked.Increment(ref _nextSerial);

    private static uint Random() => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
}
