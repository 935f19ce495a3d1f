using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sallyport.BatchVerification;
using Sallyport.SealedRing.Keys;

namespace Sallyport.Ctl.Batch.Verify;

/// <summary>A file with the roots of chains: for each a line with the number of its first epoch, a blank, and the first root in 64 hexadecimal digits.</summary>
internal static class KeyFile
{
    /// <summary>Reads a file. No line of it is ever shown.</summary>
    /// <exception cref="WrongUsageException">It is no such file.</exception>
    public static ChainRoots Read(string path)
    {
        byte[] text = File.ReadAllBytes(path);
        var roots = new ChainRoots();
        int line = 0;
        bool isAny = false;
        foreach (Range range in text.AsSpan().Split((byte)'\n'))
        {
            line++;
            ReadOnlySpan<byte> trimmed = text.AsSpan(range).Trim((byte)'\r').Trim((byte)' ');
            if (!trimmed.IsEmpty && !TryAdd(roots, trimmed))
            {
                throw new WrongUsageException($"{path}:{line}: it takes the number of the first epoch, a blank, and the first root in 64 hexadecimal digits.");
            }

            isAny |= !trimmed.IsEmpty;
        }

        CryptographicOperations.ZeroMemory(text);
        return isAny ? roots : throw new WrongUsageException($"{path}: there is no key in it.");
    }

    private static bool TryAdd(ChainRoots roots, ReadOnlySpan<byte> line)
    {
        int blank = line.IndexOf((byte)' ');
        Span<byte> key = stackalloc byte[SecretKey.Size];
        Span<char> digits = stackalloc char[2 * SecretKey.Size];
        if (blank < 0
            || !long.TryParse(line[..blank], NumberStyles.None, CultureInfo.InvariantCulture, out long epoch)
            || line.Length - blank - 1 != digits.Length)
        {
            return false;
        }

        Encoding.Latin1.GetChars(line[(blank + 1)..], digits);
        bool isHex = Convert.FromHexString(digits, key, out _, out _) is System.Buffers.OperationStatus.Done;
        if (isHex)
        {
            roots.Add(SecretKey.Copy(key), epoch);
        }

        CryptographicOperations.ZeroMemory(key);
        digits.Clear();
        return isHex;
    }
}
