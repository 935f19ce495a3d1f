using System.Text;

namespace Sallyport.Identity.Tests;

public sealed class PlanStoreTests : IDisposable
{
    private static readonly StoredPlan Plan = new(7, """{"groups":{"fast":{"intervalMs":1000}}}"""u8.ToArray());

    private readonly SharedAccessKey _key = Keys.Counting();
    private readonly string _folder = Directory.CreateTempSubdirectory("sallyport-plan-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string PlanPath => Path.Combine(_folder, "plan.bin");

    public void Dispose()
    {
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact(Timeout = 30_000)]
    public async Task What_was_saved_is_loaded()
    {
        PlanStore store = Store();
        Assert.IsType<PlanSave.Saved>(await store.SaveAsync(Plan, Token));
        AssertLoaded(Plan, await Store().LoadAsync(Token));
        Assert.Equal(PlanPath, Assert.Single(Directory.GetFiles(_folder)));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_later_plan_replaces_an_earlier_longer_one()
    {
        var later = new StoredPlan(8, "{}"u8.ToArray());
        await Store().SaveAsync(Plan, Token);
        await Store().SaveAsync(later, Token);
        AssertLoaded(later, await Store().LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_folder_is_made_when_it_is_missing()
    {
        PlanStore store = new(Path.Combine(_folder, "data", "module"), _key, "ModbusReader");
        Assert.IsType<PlanLoad.Nothing>(await store.LoadAsync(Token));
        Assert.IsType<PlanSave.Saved>(await store.SaveAsync(Plan, Token));
        AssertLoaded(Plan, await store.LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task Nothing_stored_is_told_apart_from_something_refused() =>
        Assert.IsType<PlanLoad.Nothing>(await Store().LoadAsync(Token));

    [Fact(Timeout = 30_000)]
    public async Task A_change_of_any_bit_of_any_byte_is_refused()
    {
        await Store().SaveAsync(Plan, Token);
        byte[] good = await File.ReadAllBytesAsync(PlanPath, Token);
        for (int i = 0; i < good.Length * 8; i++)
        {
            byte[] bad = [.. good];
            bad[i / 8] ^= (byte)(1 << (i % 8));
            await File.WriteAllBytesAsync(PlanPath, bad, Token);
            Assert.IsType<PlanLoad.Refused>(await Store().LoadAsync(Token));
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_cut_at_any_length_is_refused()
    {
        await Store().SaveAsync(Plan, Token);
        byte[] good = await File.ReadAllBytesAsync(PlanPath, Token);
        for (int length = 0; length < good.Length; length++)
        {
            await File.WriteAllBytesAsync(PlanPath, good[..length], Token);
            Assert.IsType<PlanLoad.Refused>(await Store().LoadAsync(Token));
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_with_bytes_added_is_refused()
    {
        await Store().SaveAsync(Plan, Token);
        await File.AppendAllBytesAsync(PlanPath, new byte[1], Token);
        Assert.IsType<PlanLoad.Refused>(await Store().LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plan_of_another_module_is_refused()
    {
        await Store("SecureBuffer").SaveAsync(Plan, Token);
        PlanLoad.Refused refused = Assert.IsType<PlanLoad.Refused>(await Store().LoadAsync(Token));
        Assert.Equal("The stored plan was changed, or was stored by another module or with another key.", refused.Reason);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_plan_stored_with_another_key_is_refused()
    {
        using SharedAccessKey other = Keys.Other();
        await new PlanStore(_folder, other, "ModbusReader").SaveAsync(Plan, Token);
        Assert.IsType<PlanLoad.Refused>(await Store().LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_changed_version_is_refused()
    {
        await Store().SaveAsync(Plan, Token);
        byte[] file = await File.ReadAllBytesAsync(PlanPath, Token);
        Assert.Equal(7, file[15]);
        file[15] = 8;
        await File.WriteAllBytesAsync(PlanPath, file, Token);
        Assert.IsType<PlanLoad.Refused>(await Store().LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_file_above_the_limit_is_refused_unread()
    {
        await using (FileStream file = File.Create(PlanPath))
        {
            file.SetLength(1L << 32);
        }

        Assert.IsType<PlanLoad.Refused>(await Store().LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_document_above_the_limit_is_not_saved()
    {
        var large = new StoredPlan(1, new byte[PlanStore.MaxDocumentSizeInBytes + 1]);
        Assert.IsType<PlanSave.NotSaved>(await Store().SaveAsync(large, Token));
        Assert.IsType<PlanLoad.Nothing>(await Store().LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task The_largest_document_makes_the_round_trip()
    {
        var large = new StoredPlan(1, new byte[PlanStore.MaxDocumentSizeInBytes]);
        await Store().SaveAsync(large, Token);
        AssertLoaded(large, await Store().LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task Something_unreadable_in_the_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(PlanPath);
        Assert.IsType<PlanLoad.Refused>(await Store().LoadAsync(Token));
        Assert.IsType<PlanSave.NotSaved>(await Store().SaveAsync(Plan, Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_folder_that_cannot_be_made_is_not_saved_to()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Token);
        PlanStore store = new(Path.Combine(file, "data"), _key, "ModbusReader");
        Assert.IsType<PlanSave.NotSaved>(await store.SaveAsync(Plan, Token));
        Assert.IsNotType<PlanLoad.Loaded>(await store.LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_crash_between_writing_and_renaming_leaves_the_plan_before()
    {
        await Store().SaveAsync(Plan, Token);
        await File.WriteAllBytesAsync(PlanPath + ".new", Encoding.UTF8.GetBytes("half of a pl"), Token);
        AssertLoaded(Plan, await Store().LoadAsync(Token));

        var later = new StoredPlan(8, "{}"u8.ToArray());
        Assert.IsType<PlanSave.Saved>(await Store().SaveAsync(later, Token));
        AssertLoaded(later, await Store().LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_key_that_cannot_be_used_refuses_and_does_not_throw()
    {
        await Store().SaveAsync(Plan, Token);
        PlanStore store = new(_folder, new UnusableKey(), "ModbusReader");
        PlanLoad.Refused refused = Assert.IsType<PlanLoad.Refused>(await store.LoadAsync(Token));
        Assert.Equal("The workload API did not answer.", refused.Reason);
        Assert.IsType<PlanSave.NotSaved>(await store.SaveAsync(Plan, Token));
        AssertLoaded(Plan, await Store().LoadAsync(Token));
    }

    [Fact(Timeout = 30_000)]
    public async Task Only_the_owner_may_read_the_file()
    {
        await Store().SaveAsync(Plan, Token);
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("File modes are a thing of Unix.");
        }
        else
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PlanPath));
        }
    }

    private static void AssertLoaded(StoredPlan expected, PlanLoad actual)
    {
        PlanLoad.Loaded loaded = Assert.IsType<PlanLoad.Loaded>(actual);
        Assert.Equal(expected.Version, loaded.Plan.Version);
        Assert.Equal(expected.Desired.ToArray(), loaded.Plan.Desired.ToArray());
    }

    private PlanStore Store(string moduleId = "ModbusReader") => new(_folder, _key, moduleId);
}
