using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Sallyport.Acquisition.Tests;

public sealed class ProbeGateTests
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(0.5);

    private readonly FakeTimeProvider _time = new();
    private readonly ProbeGate _gate;

    public ProbeGateTests() => _gate = new ProbeGate(new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1), () => 0.5), _time);

    [Fact]
    public void An_open_gate_lets_everybody_through()
    {
        Assert.True(_gate.TryEnter(out ProbePass first));
        Assert.True(_gate.TryEnter(out _));
        Assert.False(first.IsProbe);
    }

    [Fact]
    public void After_the_wait_exactly_one_probes_until_its_outcome()
    {
        Fail();
        Assert.False(_gate.TryEnter(out _));
        _time.Advance(FirstWait);
        Assert.True(_gate.TryEnter(out ProbePass probe));
        Assert.True(probe.IsProbe);
        Assert.False(_gate.TryEnter(out _));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(_gate.TryEnter(out _));

        _gate.Failed(probe, "timeout");
        Assert.False(_gate.TryEnter(out _));
        _time.Advance(FirstWait * 2);
        Assert.True(_gate.TryEnter(out _));
        _gate.Succeeded();
        Assert.True(_gate.TryEnter(out _));
        Assert.Equal(default, _gate.State);
    }

    [Fact]
    public void A_probe_that_was_not_made_leaves_it_to_the_next()
    {
        Fail();
        _time.Advance(FirstWait);
        Assert.True(_gate.TryEnter(out ProbePass probe));
        _gate.Withdraw(probe);
        Assert.True(_gate.TryEnter(out _));
    }

    [Fact]
    public void Many_who_meet_the_same_outage_count_as_one_failure()
    {
        Assert.True(_gate.TryEnter(out ProbePass first));
        Assert.True(_gate.TryEnter(out ProbePass second));
        _gate.Failed(first, "timeout");
        _gate.Failed(second, "timeout");
        Assert.Equal(new GateState(1, "timeout", _time.GetUtcNow() + FirstWait), _gate.State);
        _time.Advance(FirstWait);
        Assert.True(_gate.TryEnter(out ProbePass probe));
        _gate.Withdraw(second);
        Assert.False(_gate.TryEnter(out _));
        _gate.Failed(probe, "timeout");
        Assert.Equal(2, _gate.State.Failures);
    }

    [Fact]
    public void Whatever_happens_there_is_never_more_than_one_probe_on_its_way() =>
        Gen.Int[0, 4].Array[1, 200].Sample(steps =>
        {
            var time = new FakeTimeProvider();
            var gate = new ProbeGate(new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), () => 0.5), time);
            var asking = new Queue<ProbePass>();
            foreach (int step in steps)
            {
                if (step == 0)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                }
                else if (step < 3 && gate.TryEnter(out ProbePass pass))
                {
                    Assert.DoesNotContain(asking, other => pass.IsProbe && other == pass);
                    asking.Enqueue(pass);
                }
                else if (asking.TryDequeue(out ProbePass oldest))
                {
                    Finish(gate, oldest, step);
                }
            }
        });

    private static void Finish(ProbeGate gate, ProbePass pass, int step)
    {
        if (step == 3)
        {
            gate.Failed(pass, "timeout");
        }
        else if (pass.IsProbe)
        {
            gate.Withdraw(pass);
        }
    }

    private void Fail()
    {
        Assert.True(_gate.TryEnter(out ProbePass pass));
        _gate.Failed(pass, "timeout");
    }
}
