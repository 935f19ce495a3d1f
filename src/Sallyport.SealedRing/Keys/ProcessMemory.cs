using Sallyport.SealedRing.Devices;

namespace Sallyport.SealedRing.Keys;

/// <summary>What keeps the memory of this process to itself.</summary>
public static class ProcessMemory
{
    /// <summary>From now on the kernel writes no core dump of this process, and no other process of the same user may read its memory (prctl(2), PR_SET_DUMPABLE).</summary>
    /// <returns>False if the kernel refused one of both.</returns>
    public static bool ForbidDumps()
    {
        bool isUndumpable = PosixCalls.Control(PosixCalls.SetDumpable, 0, 0, 0, 0) == 0;
        return PosixCalls.SetLimit(PosixCalls.CoreLimit, new PosixCalls.ResourceLimit(0, 0)) == 0 && isUndumpable;
    }
}
