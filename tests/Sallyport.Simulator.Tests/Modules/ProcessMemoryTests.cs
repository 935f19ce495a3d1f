using System.Diagnostics;
using Sallyport.Simulator.Modules;

namespace Sallyport.Simulator.Tests.Modules;

public sealed class ProcessMemoryTests
{
    [Fact]
    public void What_is_resident_is_the_sum_of_its_parts()
    {
        ProcessMemory memory = ProcessMemory.Read(Environment.ProcessId);
        Assert.InRange(memory.Resident, 5, 10_000);
        Assert.InRange(memory.Resident - memory.Anonymous - memory.File - memory.Shared, -0.25, 0.25);
    }

    [Fact]
    public async Task A_process_that_has_ended_has_none()
    {
        using Process child = Process.Start("true");
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(ProcessMemory.None, ProcessMemory.Read(child.Id));
    }
}
