using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>Keeps the memory of the module, and so its keys, out of core dumps and out of reach of other processes.</summary>
internal static partial class KeyMemory
{
    /// <summary>Builds the host in a process that is protected before there is any key in it. Where the kernel refuses, the module runs and says so.</summary>
    public static IHost BuildProtected(this HostApplicationBuilder builder)
    {
        bool isProtected = ProcessMemory.ForbidDumps();
        IHost host = builder.Build();
        if (!isProtected)
        {
            LogUnprotected(host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(KeyMemory)));
        }

        return host;
    }

    [LoggerMessage(2410, LogLevel.Error, "The kernel does not forbid core dumps of this process: a crash could write its keys to a disk. Allow prctl and setrlimit in the container's security profile, or turn core dumps off on the host.")]
    private static partial void LogUnprotected(ILogger logger);
}
