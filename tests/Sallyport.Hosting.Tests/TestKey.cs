using System.Security.Cryptography;
using Sallyport.Identity;

namespace Sallyport.Hosting.Tests;

/// <summary>A module key that can be told to fail or to be silent.</summary>
internal sealed class TestKey : IModuleKey
{
    private static readonly byte[] Secret = new byte[32];

    public bool Fails { get; set; }

    public bool IsSilent { get; set; }

    public async Task<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        if (Fails)
        {
            throw new ModuleKeyException("The workload API did not answer.");
        }

        if (IsSilent)
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }

        return HMACSHA256.HashData(Secret, data.Span);
    }
}
