using System.Security.Cryptography;
using Sallyport.SealedRing.Format;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Tests;

/// <summary>The signing key of a developer's machine.</summary>
public sealed class CheckpointSignerTests
{
    [Fact]
    public async Task A_key_file_is_made_read_again_and_signs_what_its_public_half_checks()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        string path = Path.Combine(folder, "key.pem");
        Assert.True(FileCheckpointSigner.TryOpen(path, out FileCheckpointSigner? made, out _));
        using (made)
        {
            Assert.True(FileCheckpointSigner.TryOpen(path, out FileCheckpointSigner? again, out _));
            using (again)
            {
                Assert.Equal(made.PublicKey.ToArray(), again.PublicKey.ToArray());
                var checkpoint = new Checkpoint(new BatchFields(1, 2, new Epoch(3, 4, 5), 6, 7, 8, 9, 1, 0, PageTraits.None), [.. new byte[32]], 10);
                CheckpointSigning signing = await again.SignAsync(checkpoint.Digest(), TestContext.Current.CancellationToken);
                byte[] signature = [.. Assert.IsType<CheckpointSigning.Signed>(signing).Signature];
                using var device = ECDsa.Create();
                device.ImportSubjectPublicKeyInfo(made.PublicKey.Span, out _);
                Assert.True(checkpoint.IsSignedBy(device, signature));
                Assert.False((checkpoint with { SignedWallMs = 11 }).IsSignedBy(device, signature));
                Assert.False(checkpoint.IsSignedBy(device, signature.AsSpan(1)));
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void A_file_that_holds_no_such_key_is_refused_with_what_to_do()
    {
        string path = Path.GetTempFileName();
        File.WriteAllText(path, "no key");
        Assert.False(FileCheckpointSigner.TryOpen(path, out _, out string? reason));
        Assert.Contains("P-256", reason, StringComparison.Ordinal);
        File.Delete(path);
    }
}
