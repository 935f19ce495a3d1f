using CsCheck;
using Sallyport.EtherNetIp.Identity;

namespace Sallyport.EtherNetIp.Tests;

public sealed class IdentityTests
{
    // From a public capture: a communications adapter, over TCP.
    private const string Adapter =
        "01000C002D000100" + "0002AF120A0101A40000000000000000" + "01000C003A000403" + "3000" + "8E4D5200" + "0B313735362D454E42542F41" + "03";

    private const string Security = "86000500" + "0300" + "02" + "02" + "08";

    private static readonly IdentityObject Found =
        new(Vendor: 1, DeviceType: 14, ProductCode: 90, new DeviceRevision(32, 11), new IdentityStatus(0x3060), SerialNumber: 0x12345678, "1756-L83E/B");

    [Fact]
    public void The_answer_of_a_device_names_it()
    {
        Assert.True(ListIdentityReply.TryRead(Convert.FromHexString(Adapter), out ListIdentityReply? reply));
        Assert.Equal(
            new IdentityObject(1, 12, 58, new DeviceRevision(4, 3), new IdentityStatus(0x0030), 0x00524D8E, "1756-ENBT/A"), reply!.Identity);
        Assert.Equal((3, null), (reply.State, reply.Security));
        Assert.False(reply.Identity.IsMicro800);
    }

    [Fact]
    public void A_device_that_offers_only_tls_says_so_in_an_item_more()
    {
        Assert.True(ListIdentityReply.TryRead(Convert.FromHexString("0200" + Adapter[4..] + Security), out ListIdentityReply? reply));
        Assert.Equal(new CipSecurityInformation(SecurityProfiles.Integrity | SecurityProfiles.Confidentiality, 2, 2, OpenPorts.TlsTcp2221), reply!.Security);
        Assert.True(reply.Security!.WantsTls);
        Assert.False((reply.Security with { OpenPorts = OpenPorts.TlsTcp2221 | OpenPorts.Tcp44818 }).WantsTls);
    }

    [Fact]
    public void Every_answer_that_ends_too_early_is_none()
    {
        byte[] whole = Convert.FromHexString("0200" + Adapter[4..] + Security);
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.False(ListIdentityReply.TryRead(whole.AsSpan(0, length), out ListIdentityReply? reply));
            Assert.Null(reply);
        }
    }

    [Fact]
    public void The_object_of_the_controller_is_read_with_its_mode_and_its_key()
    {
        Assert.True(IdentityObject.TryRead([.. Controller.Identity, 1, 2, 3], out IdentityObject? identity));
        Assert.Equal(Found, identity);
        Assert.Equal((LogixMode.Executing, KeySwitch.Remote), (identity!.Status.Mode, identity.Status.KeySwitch));
    }

    [Theory]
    [InlineData(0x1060, LogixMode.Executing, KeySwitch.Run)]
    [InlineData(0x2170, LogixMode.Program, KeySwitch.Program)]
    [InlineData(0x3170, LogixMode.Program, KeySwitch.Remote)]
    [InlineData(0x0034, LogixMode.Unknown, KeySwitch.Unknown)]
    public void The_status_word_says_mode_and_key(int word, LogixMode mode, KeySwitch keySwitch) =>
        Assert.Equal((mode, keySwitch), (new IdentityStatus((ushort)word).Mode, new IdentityStatus((ushort)word).KeySwitch));

    [Theory]
    [InlineData(0x0001, "owned")]
    [InlineData(0x0004, "configured")]
    [InlineData(0x0100, "minor recoverable")]
    [InlineData(0x0200, "minor unrecoverable")]
    [InlineData(0x0400, "major recoverable")]
    [InlineData(0x0800, "major unrecoverable")]
    public void The_status_word_says_each_fault(int word, string expected)
    {
        var status = new IdentityStatus((ushort)word);
        (bool, string)[] all =
        [
            (status.IsOwned, "owned"), (status.IsConfigured, "configured"), (status.HasMinorRecoverableFault, "minor recoverable"),
            (status.HasMinorUnrecoverableFault, "minor unrecoverable"), (status.HasMajorRecoverableFault, "major recoverable"),
            (status.HasMajorUnrecoverableFault, "major unrecoverable"),
        ];
        Assert.Equal([expected], all.Where(one => one.Item1).Select(one => one.Item2));
    }

    [Fact]
    public void A_name_that_could_forge_a_log_is_defused()
    {
        byte[] identity = Convert.FromHexString("01000E005A00200B603078563412" + "04" + "410A1B42");
        Assert.True(IdentityObject.TryRead(identity, out IdentityObject? read));
        Assert.Equal("A??B", read!.ProductName);
    }

    [Fact]
    public void A_key_that_asks_for_nothing_lets_every_device_pass() => Assert.IsType<KeyingOutcome.Matches>(new ElectronicKey().Compare(Found));

    [Fact]
    public void Every_field_that_differs_is_named_with_both_values()
    {
        var key = new ElectronicKey { Vendor = 2, DeviceType = 12, ProductCode = 94, Major = 33, Minor = 12, SerialNumber = 0xABCD };
        var differs = Assert.IsType<KeyingOutcome.Differs>(key.Compare(Found));
        Assert.Equal(
            "Vendor is 1, not 2; DeviceType is 14, not 12; ProductCode is 90, not 94; Revision is 32.11, not 33.12; SerialNumber is 12345678, not 0000ABCD",
            differs.ToString());
    }

    [Theory]
    [InlineData(RevisionMatch.Exact, 32, 11, true)]
    [InlineData(RevisionMatch.Exact, 32, null, true)]
    [InlineData(RevisionMatch.Exact, 32, 10, false)]
    [InlineData(RevisionMatch.Exact, 31, 11, false)]
    [InlineData(RevisionMatch.Compatible, 32, 11, true)]
    [InlineData(RevisionMatch.Compatible, 32, 10, true)]
    [InlineData(RevisionMatch.Compatible, 32, 12, false)]
    [InlineData(RevisionMatch.Compatible, 31, 99, true)]
    [InlineData(RevisionMatch.Compatible, 33, 1, false)]
    [InlineData(RevisionMatch.Ignore, 33, 1, true)]
    public void The_revision_is_compared_as_configured(RevisionMatch match, int major, int? minor, bool matches)
    {
        var key = new ElectronicKey { Major = (byte)major, Minor = (byte?)minor, RevisionMatch = match };
        Assert.Equal(matches, key.Compare(Found) is KeyingOutcome.Matches);
    }

    [Theory]
    [InlineData(RevisionMatch.Exact, 32, 11, "34040100000000002" + "00B")]
    [InlineData(RevisionMatch.Compatible, 32, 11, "3404010000000000A00B")]
    [InlineData(RevisionMatch.Compatible, 32, null, "3404010000000000A001")]
    [InlineData(RevisionMatch.Compatible, 32, 0, "3404010000000000A001")]
    [InlineData(RevisionMatch.Ignore, 32, 11, "34040100000000000000")]
    public void The_key_of_a_path_has_the_bytes_that_devices_compare(RevisionMatch match, int major, int? minor, string expected)
    {
        byte[] segment = new byte[ElectronicKey.SegmentSize];
        var writer = new ByteWriter(segment);
        new ElectronicKey { Vendor = 1, Major = (byte)major, Minor = (byte?)minor, RevisionMatch = match }.WriteSegment(ref writer);
        Assert.Equal(expected, Convert.ToHexString(segment));
    }

    [Fact]
    public void A_device_always_matches_the_key_made_of_its_own_identity() =>
        Gen.Select(Gen.UShort, Gen.UShort, Gen.UShort, Gen.Byte[1, 127], Gen.Byte, Gen.UInt, Gen.Int[0, 2]).Sample((vendor, type, code, major, minor, serial, match) =>
        {
            var device = new IdentityObject(vendor, type, code, new DeviceRevision(major, minor), default, serial, "");
            var key = new ElectronicKey
            {
                Vendor = vendor, DeviceType = type, ProductCode = code, Major = major, Minor = minor, SerialNumber = serial, RevisionMatch = (RevisionMatch)match,
            };
            return key.Compare(device) is KeyingOutcome.Matches && key.Compare(device with { SerialNumber = serial + 1 }) is KeyingOutcome.Differs { Fields: [{ Field: KeyField.SerialNumber }] };
        });
}
