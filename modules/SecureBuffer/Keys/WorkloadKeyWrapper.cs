using System.Buffers.Binary;
using System.Security.Cryptography;
using Sallyport.IotHub;
using Sallyport.SealedRing.Keys;

namespace Sallyport.SecureBuffer.Keys;

/// <summary>
/// Wraps with the Edge daemon's key, by its workload API: bound to this module and its generation, so a module that was removed and added again cannot unwrap what
/// it wrapped before. A ring wants a second slot.
/// </summary>
/// <param name="workload">The API.</param>
/// <param name="moduleId">This module.</param>
/// <param name="generationId">Its generation.</param>
internal sealed class WorkloadKeyWrapper(WorkloadClient workload, string moduleId, string generationId) : IKeyWrapper
{
    private const int BadRequest = 400;
    private const int ServerError = 500;

    /// <inheritdoc/>
    public KeySlotKind Kind => KeySlotKind.Workload;

    /// <inheritdoc/>
    public bool Holds(KeySlot slot) => slot.Kind == Kind;

    /// <inheritdoc/>
    public async Task<KeyWrapping> WrapAsync(SecretKey key, UInt128 buffer, CancellationToken cancellationToken)
    {
        byte[] plaintext = new byte[SecretKey.Size];
        key.CopyTo(plaintext);
        try
        {
            byte[] wrapped = await workload.EncryptAsync(moduleId, generationId, plaintext, IdOf(buffer), cancellationToken);
            return wrapped.Length is > 0 and <= KeySlot.MaxWrapped
                ? new KeyWrapping.Wrapped(new KeySlot(Kind, [.. wrapped]))
                : new KeyWrapping.Unavailable($"the workload API wraps a key to {wrapped.Length} bytes; a slot has room for {KeySlot.MaxWrapped}");
        }
        catch (WorkloadException e)
        {
            return new KeyWrapping.Unavailable(e.Message);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    /// <inheritdoc/>
    public async Task<KeyUnwrapping> UnwrapAsync(KeySlot slot, UInt128 buffer, CancellationToken cancellationToken)
    {
        (KeyUnwrapping first, bool isRefusal) = await AskAsync(slot, buffer, cancellationToken);
        if (!isRefusal || !await IsInOrderAsync(buffer, cancellationToken))
        {
            return first;
        }

        // The daemon works, and it may have come back just now: once more, and then it is the slot.
        (KeyUnwrapping second, isRefusal) = await AskAsync(slot, buffer, cancellationToken);
        return isRefusal
            ? new KeyUnwrapping.Refused("the workload API works and cannot decrypt the slot: the module was removed and added again, or the daemon has a new key")
            : second;
    }

    // The daemon gives the same status for a slot that it cannot decrypt and for a key service that is down.
    private async Task<(KeyUnwrapping Answer, bool IsRefusal)> AskAsync(KeySlot slot, UInt128 buffer, CancellationToken cancellationToken)
    {
        byte[] plaintext = [];
        try
        {
            plaintext = await workload.DecryptAsync(moduleId, generationId, [.. slot.Wrapped], IdOf(buffer), cancellationToken);
            return plaintext.Length == SecretKey.Size
                ? (new KeyUnwrapping.Unwrapped(SecretKey.Copy(plaintext)), false)
                : (new KeyUnwrapping.Refused($"the slot holds {plaintext.Length} bytes, which is no key of a ring"), false);
        }
        catch (WorkloadException e)
        {
            return (new KeyUnwrapping.Unavailable(e.Message), e.Status is BadRequest or >= ServerError);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }

    // So something is encrypted and decrypted that is certainly its own.
    private async Task<bool> IsInOrderAsync(UInt128 buffer, CancellationToken cancellationToken)
    {
        byte[] probe = new byte[SecretKey.Size];
        try
        {
            byte[] encrypted = await workload.EncryptAsync(moduleId, generationId, probe, IdOf(~buffer), cancellationToken);
            byte[] decrypted = await workload.DecryptAsync(moduleId, generationId, encrypted, IdOf(~buffer), cancellationToken);
            return decrypted.AsSpan().SequenceEqual(probe);
        }
        catch (WorkloadException)
        {
            return false;
        }
    }

    private static byte[] IdOf(UInt128 buffer)
    {
        byte[] id = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(id, buffer);
        return id;
    }
}
