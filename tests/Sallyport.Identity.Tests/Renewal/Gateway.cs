using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using Sallyport.Identity.Est;
using Sallyport.Identity.Issuing;
using Sallyport.Identity.Keys;
using Sallyport.Identity.Renewal;
using Sallyport.Identity.Revocation;
using Sallyport.Identity.Tests.Issuing;

namespace Sallyport.Identity.Tests.Renewal;

/// <summary>A gateway whose keys and journal lie on a disk, and the authority that certifies it.</summary>
internal sealed class Gateway : IDisposable
{
    public const string DeviceId = "gw-0001";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-renewal-");
    private readonly Plant _plant;

    public Gateway(Plant plant)
    {
        _plant = plant;
        Authority = plant.IssuingAuthority;
        Clock = new FakeTimeProvider(plant.Time.GetUtcNow());
        Restart();
    }

    /// <summary>The gateway's own clock; the authority has the right one.</summary>
    public FakeTimeProvider Clock { get; }

    public SigningAuthority Authority { get; set; }

    public X509Certificate2 Issuer { get; set; } = null!;

    public TimeSpan Life { get; set; } = TimeSpan.FromDays(90);

    public bool IsCutOff { get; set; }

    public bool NeedsApproval { get; set; }

    /// <summary>What the broker says to a new certificate; by default it looks at it.</summary>
    public IdentityProof? Proof { get; set; }

    /// <summary>Does something to what the server answers.</summary>
    public Func<X509Certificate2Collection, X509Certificate2Collection> Answer { get; set; } = certificates => certificates;

    /// <summary>Called before each effect outside the machine; a test ends the process here.</summary>
    public Action<string> Before { get; set; } = _ => { };

    public List<string> Asked { get; } = [];

    public SpiedKeys Keys { get; private set; } = null!;

    public RenewalMachine Machine { get; private set; } = null!;

    public RenewalJournal Journal { get; private set; } = null!;

    private string JournalPath => Path.Combine(_folder.FullName, "journal.json");

    /// <summary>A new process over the same disk.</summary>
    public void Restart()
    {
        Issuer ??= _plant.Issuing;
        Keys?.Dispose();
        Keys = new SpiedKeys(new FileKeyProvider(Path.Combine(_folder.FullName, "keys")), what => Before(what));
        Journal = File.Exists(JournalPath) && RenewalJournalJson.TryRead(File.ReadAllBytes(JournalPath), out RenewalJournal? stored) ? stored : RenewalJournal.New;
        var validator = new CertificateValidator(LinkProfile.Device, [_plant.Root], Clock) { RevocationPolicy = RevocationPolicy.WhenListed.Instance };
        var work = new RenewalWork { AskAsync = AskAsync, ProveAsync = ProveAsync, Validator = validator };
        Machine = new RenewalMachine(new RenewalOptions(DeviceId), Keys, new KeyProbe(TimeProvider.System), work, Clock);
    }

    /// <summary>One step, stored.</summary>
    public async Task StepAsync()
    {
        RenewalJournal next = await Machine.StepAsync(Journal, TestContext.Current.CancellationToken);
        if (!ReferenceEquals(next, Journal))
        {
            await StoreAsync(next);
        }
    }

    public async Task StoreAsync(RenewalJournal next)
    {
        Before("store");
        Keys.ActiveSlot = next.Active.Length > 0 ? next.ActiveSlot : null;
        await DurableFile.ReplaceAsync(JournalPath, RenewalJournalJson.ToBytes(next), TestContext.Current.CancellationToken);
        Journal = next;
    }

    /// <summary>Steps until a state; at most a hundred.</summary>
    public async Task UntilAsync(params RenewalState[] states)
    {
        for (int step = 0; step < 100 && !states.Contains(Journal.State); step++)
        {
            if (Machine.WakeAt(Journal) is var wake && wake > Clock.GetUtcNow())
            {
                Advance(wake - Clock.GetUtcNow());
            }

            await StepAsync();
        }

        Assert.True(states.Contains(Journal.State), $"{Journal.State}: {Journal.Reason}");
    }

    public void Advance(TimeSpan span)
    {
        Clock.Advance(span);
        _plant.Time.Advance(span);
    }

    /// <summary>Whether the gateway can show a certificate whose key it has, and that is good at the right time.</summary>
    public async Task<bool> HasIdentityAsync()
    {
        if (!CertificateChain.TryRead(Journal.Active, out CertificateChain? chain))
        {
            return false;
        }

        using (chain)
        {
            return _plant.Time.GetUtcNow() < chain.NotAfter
                && await Keys.OpenAsync(Journal.ActiveSlot, TestContext.Current.CancellationToken) is KeyOpening.Opened { Key: var key }
                && key.SubjectPublicKeyInfo.Span.SequenceEqual(chain.Leaf.PublicKey.ExportSubjectPublicKeyInfo());
        }
    }

    public void Dispose()
    {
        Keys.Dispose();
        _folder.Delete(recursive: true);
    }

    private async Task<EstOutcome> AskAsync(IDeviceKey key, DeviceCertificate? present, CancellationToken cancellationToken)
    {
        Before("ask");
        Asked.Add(present is null ? "bootstrap" : "present");
        await Task.Yield();
        if (IsCutOff)
        {
            return new EstOutcome.Unreachable("cut off");
        }

        // The clock of the gateway judges the server's certificate, which lives 90 days.
        if ((Clock.GetUtcNow() - _plant.Time.GetUtcNow()).Duration() > TimeSpan.FromDays(45))
        {
            return new EstOutcome.Untrusted(new CertificateVerdict.Refused(CertificateFault.Expired, "the server's certificate has expired"));
        }

        if (present is not null && present.Leaf.NotAfter.ToUniversalTime() <= _plant.Time.GetUtcNow().UtcDateTime)
        {
            return new EstOutcome.Unauthorized("expired");
        }

        if (NeedsApproval)
        {
            NeedsApproval = false;
            return new EstOutcome.Pending(TimeSpan.FromHours(1));
        }

        var subject = new X500DistinguishedName($"CN={DeviceId}");
        byte[] request = Assert.IsType<KeyUse<byte[]>.Done>(EnrolmentRequest.Make(key, subject, DeviceId, "")).Result;
        SigningRequest read = Assert.IsType<SigningRequestReading.Read>(SigningRequest.Read(request)).Request;
        X509Certificate2 issued = _plant.Issued(Authority.Issue(read, new IssueOrder(CertificateProfile.Device, DeviceId, Life)));
        return new EstOutcome.Answered(Answer([Issuer, issued]));
    }

    private async Task<IdentityProof> ProveAsync(DeviceCertificate next, CancellationToken cancellationToken)
    {
        Before("prove");
        await Task.Yield();
        if (IsCutOff)
        {
            return new IdentityProof.Unreachable("cut off");
        }

        Assert.NotEmpty(next.Leaf.GetECDsaPrivateKey()!.SignData("proof"u8.ToArray(), HashAlgorithmName.SHA256));
        DateTime now = _plant.Time.GetUtcNow().UtcDateTime;
        return Proof ?? (now < next.Leaf.NotAfter.ToUniversalTime() && now >= next.Leaf.NotBefore.ToUniversalTime()
            ? IdentityProof.Proven.Instance
            : new IdentityProof.Refused("dates"));
    }
}
