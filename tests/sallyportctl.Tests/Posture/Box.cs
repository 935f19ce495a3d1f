using Sallyport.Ctl.Posture.Collect;
using Sallyport.Posture;
using Sallyport.Posture.Report;

namespace Sallyport.Ctl.Tests.Posture;

/// <summary>A gateway made of real files in a folder, hardened as it should be; tests spoil it.</summary>
internal sealed class Box : IDisposable
{
    public const string Image = "registry.example/modbus@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private const UnixFileMode Closed = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sallyport-box-");

    public Box()
    {
        Write("/etc/hostname", "gw-1\n");
        Accounts();
        Ssh();
        Network();
        Kernel();
        Disks();
        Write("/run/systemd/timesync/synchronized", "");
        Write("/etc/aziot/config.toml", "hostname = \"gw-1\"\n[provisioning]\nsource = \"dps\"\n[provisioning.attestation]\nmethod = \"x509\"\n[aziot_keys]\npkcs11_lib_path = \"/usr/lib/p11.so\"\npkcs11_base_slot = \"pkcs11:token=t?pin-value=4711\"\n");
        Close("/etc/aziot/config.toml");
        Write("/var/lib/dpkg/status", "Package: aziot-edge\nStatus: install ok installed\nVersion: 1.6.1-1\n\nPackage: unattended-upgrades\nStatus: install ok installed\nVersion: 2.9\n\nPackage: gone\nStatus: deinstall ok config-files\nVersion: 1\n");
        Write("/etc/apt/apt.conf.d/20auto-upgrades", "APT::Periodic::Update-Package-Lists \"1\";\nAPT::Periodic::Unattended-Upgrade \"1\";\n");
    }

    /// <summary>What programs say; a program that is not here is missing.</summary>
    public Dictionary<string, string> Programs { get; } = new(StringComparer.Ordinal)
    {
        ["nft -j list ruleset"] = """{"nftables":[{"chain":{"family":"inet","table":"gw","name":"in","type":"filter","hook":"input","prio":0,"policy":"drop"}},{"chain":{"family":"inet","table":"gw","name":"fwd","type":"filter","hook":"forward","prio":0,"policy":"drop"}}]}""",
        ["docker ps --quiet --no-trunc"] = "aa\nbb\n",
        ["docker inspect aa bb"] = $"[{Container("ModbusReader")},{Container("edgeHub")}]",
        ["docker info --format {{.DockerRootDir}}"] = "/var/lib/docker\n",
    };

    public static DateTimeOffset Now { get; } = TimeProvider.System.GetUtcNow();

    public string Root => _folder.FullName;

    public static string Container(string name, string rights = "\"ReadonlyRootfs\":true,\"CapDrop\":[\"ALL\"],\"SecurityOpt\":[\"no-new-privileges\"]", string user = "1654", string image = Image) =>
        $$"""{"Name":"/{{name}}","Image":"sha256:ab","Config":{"Image":"{{image}}","User":"{{user}}"},"HostConfig":{"NetworkMode":"azure-iot-edge",{{rights}}},"Mounts":[]}""";

    public string At(string path) => Root + path;

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(path))!);
        File.WriteAllText(At(path), text);
    }

    public void Close(string path) => File.SetUnixFileMode(At(path), Closed);

    public void Replace(string path, string old, string with) => File.WriteAllText(At(path), File.ReadAllText(At(path)).Replace(old, with, StringComparison.Ordinal));

    public void Delete(string path)
    {
        if (Directory.Exists(At(path)))
        {
            Directory.Delete(At(path), recursive: true);
        }
        else
        {
            File.Delete(At(path));
        }
    }

    /// <summary>What the collector gathers, as it comes back from its file.</summary>
    public async Task<HostReport> CollectAsync()
    {
        HostReport report = await HostCollector.CollectAsync(new HostView(Root, RunAsync), Now, TestContext.Current.CancellationToken);
        byte[] json = HostReportJson.Encode(report);
        Assert.True(HostReportJson.TryRead(json, out HostReport? read));
        Assert.Empty(Sallyport.TestKit.MessageSchema.Faults(HostReport.SchemaName, json));
        return read;
    }

    public async Task<PostureVerdict> JudgeAsync(string check, PosturePolicy policy)
    {
        var evidence = new PostureEvidence(ReportReading.Of(await CollectAsync(), Now, TimeSpan.FromHours(1)), GatewayFacts.None, Now);
        return PostureAssessment.Of(evidence, policy).Findings.Single(finding => string.Equals(finding.Check.Id, check, StringComparison.Ordinal)).Verdict;
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private Task<ProgramOutcome> RunAsync(string program, string[] arguments, CancellationToken stop) => Task.FromResult<ProgramOutcome>(
        Programs.TryGetValue($"{program} {string.Join(' ', arguments)}", out string? said) ? new ProgramOutcome.Said(said) : new ProgramOutcome.Missing());

    private void Accounts()
    {
        Write("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1::/:/usr/sbin/nologin\noperator:x:1000:1000::/home/operator:/bin/bash\n");
        Write("/etc/shadow", "root:!:19000:0:99999:7:::\ndaemon:*:19000:0:99999:7:::\noperator:$6$rounds=1000$abcdefgh$8CMdZXFwOP98eqaWB/51SKogZcNfghRSXmoH1XEUMa3jo2vWQSxMapCMAQpj8GMM1cjaTXv15b4ScGlPbF4RG.:19000:0:99999:7:::\n");
        Close("/etc/shadow");
    }

    private void Ssh()
    {
        Write("/etc/ssh/sshd_config", "Include /etc/ssh/sshd_config.d/*.conf\nPasswordAuthentication yes # the first one counts\nUsePAM yes\n");
        Write("/etc/ssh/sshd_config.d/10-sallyport.conf", "PermitRootLogin no\nPasswordAuthentication=no\nKbdInteractiveAuthentication \"no\"\nMaxAuthTries 3\n");
        Write("/etc/ssh/ssh_host_ed25519_key", "not a key\n");
        Write("/etc/ssh/ssh_host_ed25519_key.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJhlmVvOW5Mul39suuGdQ7oJ9qjvZGJWElyC7mjH4Qw7 gw-1\n");
        Close("/etc/ssh/ssh_host_ed25519_key");
    }

    private void Network()
    {
        const string heading = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
        Write("/proc/net/tcp", heading + "   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 777 1\n   1: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 778 1\n   2: 0A4D000A:0016 0B4D000A:C000 01 00000000:00000000 00:00000000 00000000     0        0 779 1\n");
        Write("/proc/net/tcp6", heading + "   0: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 780 1\n");
        Write("/proc/net/udp", heading);
        Write("/proc/net/udp6", heading);
        Write("/proc/42/comm", "sshd\n");
        Directory.CreateDirectory(At("/proc/42/fd"));
        File.CreateSymbolicLink(At("/proc/42/fd/3"), "socket:[777]");
        Write("/proc/net/dev", "Inter-|   Receive\n face |bytes\n    lo: 0\n  eth0: 1\nfield0: 2\n");
        Write("/proc/net/route", "Iface\tDestination\tGateway\tFlags\tRefCnt\tUse\tMetric\tMask\tMTU\tWindow\tIRTT\neth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0\nfield0\t004DA8C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0\n");
        Write("/proc/net/ipv6_route", "fe800000000000000000000000000000 40 00000000000000000000000000000000 00 00000000000000000000000000000000 00000100 00000001 00000000 00000001   field0\n");
    }

    private void Kernel()
    {
        (string Name, string Value)[] settings =
        [
            ("fs/suid_dumpable", "0"), ("kernel/core_pattern", "|/bin/false"), ("net/ipv4/conf/all/accept_redirects", "0"), ("net/ipv4/conf/all/accept_source_route", "0"),
            ("net/ipv4/conf/all/rp_filter", "1"), ("net/ipv4/conf/all/send_redirects", "0"), ("net/ipv4/ip_forward", "1"), ("net/ipv4/tcp_syncookies", "1"),
        ];
        foreach ((string name, string value) in settings)
        {
            Write("/proc/sys/" + name, value + "\n");
        }

        Write("/proc/swaps", "Filename\tType\tSize\tUsed\tPriority\n/dev/zram0 partition 100 0 100\n/dev/dm-0 partition 100 0 1\n");
    }

    // LUKS below LVM, as installers make it.
    private void Disks()
    {
        Write("/proc/self/mountinfo", "20 1 259:2 / / rw - ext4 /dev/mmcblk0p2 rw\n21 20 253:1 / /var/lib rw - ext4 /dev/mapper/vg-data rw\n22 20 0:5 / /run rw - tmpfs tmpfs rw\n");
        Write("/sys/dev/block/253:1/dm/uuid", "LVM-abc\n");
        Write("/sys/dev/block/253:1/slaves/dm-0/dm/uuid", "CRYPT-LUKS2-0123-data\n");
        Write("/sys/class/block/dm-0/dm/uuid", "CRYPT-LUKS2-0123-data\n");
        Write("/sys/block/mmcblk0/device/life_time", "0x02 0x01\n");
        Directory.CreateDirectory(At("/var/lib/docker"));
    }
}
