using System.Security.Cryptography;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SealedRing.Format;

/// <summary>
/// Encrypts and opens pages of one epoch with AES-256-GCM. Authenticated with the content: the whole header, which names the ring, the page and its place, so
/// that a page is good in its own place only.
/// </summary>
internal sealed class PageCipher(AesGcm cipher, RingDesign design) : IDisposable
{
    /// <summary>In bytes; follows the content.</summary>
    public const int TagSize = 16;

    /// <summary>Encrypts in place.</summary>
    /// <param name="header">Of the page; its nonce was never used with this key.</param>
    /// <param name="page">Whole blocks: room for the header, then the content, then room for the tag.</param>
    public void Seal(in PageHeader header, Span<byte> page)
    {
        header.Write(page);
        Span<byte> content = page.Slice(PageHeader.Size, header.Length);
        Span<byte> associated = stackalloc byte[PageHeader.Size];
        design.Associate(page[..PageHeader.Size], associated);
        Span<byte> nonce = stackalloc byte[Nonce.Size];
        header.Nonce.Write(nonce);
        cipher.Encrypt(nonce, content, content, page.Slice(PageHeader.Size + header.Length, TagSize), associated);
        page[(PageHeader.Size + header.Length + TagSize)..].Clear();
    }

    /// <summary>Opens a page.</summary>
    /// <param name="header">As it was read from the page.</param>
    /// <param name="page">Header, content and tag.</param>
    /// <param name="content">Exactly as long as the content.</param>
    /// <returns>False for anything but what <see cref="Seal"/> wrote. Whether it was found in its place the caller compares.</returns>
    public bool TryOpen(in PageHeader header, ReadOnlySpan<byte> page, Span<byte> content)
    {
        Span<byte> associated = stackalloc byte[PageHeader.Size];
        design.Associate(page[..PageHeader.Size], associated);
        Span<byte> nonce = stackalloc byte[Nonce.Size];
        header.Nonce.Write(nonce);
        try
        {
            cipher.Decrypt(
                nonce, page.Slice(PageHeader.Size, header.Length), page.Slice(PageHeader.Size + header.Length, TagSize), content, associated);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => cipher.Dispose();
}
