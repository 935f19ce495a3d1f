using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Logging.Testing;
using Sallyport.Telemetry;
using Sallyport.TestKit;

namespace Sallyport.Acquisition.Tests;

public sealed class PublisherWindowTests : IDisposable
{
    private const int TestLimit = 30_000;

    private readonly TestMeters _meters = new();
    private readonly SlowSender _sender = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Outbox _outbox;
    private readonly OutboxPublisher _publisher;

    public PublisherWindowTests()
    {
        var metrics = new AcquisitionMetrics(_meters);
        _outbox = new Outbox("telemetry", capacityInBytes: 1_000_000, metrics);
        var atOnce = new BackOff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1), () => 0);
        _publisher = new OutboxPublisher(_outbox, _sender, atOnce, metrics, TimeProvider.System, new FakeLogger<OutboxPublisher>());
    }

    public void Dispose()
    {
        _stop.Dispose();
        _meters.Dispose();
    }

    [Fact(Timeout = TestLimit)]
    public async Task A_few_messages_are_on_their_way_at_once_and_no_more()
    {
        Task running = await StartAsync(messages: 20);
        await _sender.UntilSentAsync(OutboxPublisher.Window);
        Assert.Equal(Enumerable.Range(0, OutboxPublisher.Window), _sender.Log);
        _sender.Answer(at: 0, Delivery.Acknowledged);
        await _sender.UntilSentAsync(OutboxPublisher.Window + 1);
        Assert.Equal(OutboxPublisher.Window + 1, _sender.Log.Length);
        await EndAsync(running);
    }

    [Fact(Timeout = TestLimit)]
    public async Task After_a_failure_everything_from_it_on_is_sent_again_in_order_the_first_one_alone()
    {
        Task running = await StartAsync(messages: 4);
        await _sender.UntilSentAsync(4);
        _sender.Answer(3, Delivery.Acknowledged);
        _sender.Answer(2, Delivery.Acknowledged);
        _sender.Answer(1, Delivery.TryAgain);
        _sender.Answer(0, Delivery.Acknowledged);
        await _sender.UntilSentAsync(5);
        Assert.Equal([0, 1, 2, 3, 1], _sender.Log);
        _sender.Answer(4, Delivery.Acknowledged);
        await _sender.UntilSentAsync(7);
        Assert.Equal([0, 1, 2, 3, 1, 2, 3], _sender.Log);
        await EndAsync(running);
    }

    [Fact(Timeout = TestLimit)]
    public async Task Whatever_fails_the_last_copies_are_complete_and_in_order() =>
        await Gen.Select(Gen.Int[1, 40], Gen.Int[0, 99].Array[1, 100]).SampleAsync(
            async (messages, dice) =>
            {
                using var bench = new PublisherWindowTests();
                Task running = await bench.StartAsync(messages);
                await bench._sender.ThrowDiceAsync(dice, running);
                bench.AssertCompleteAndInOrder(messages);
            },
            iter: 100);

    private void AssertCompleteAndInOrder(int messages)
    {
        int[] log = _sender.Log;
        int[] last = [.. Enumerable.Range(0, messages).Select(seq => Array.LastIndexOf(log, seq))];
        Assert.Equal(last.Order(), last);
        Assert.All(last, at => Assert.Equal(Delivery.Acknowledged, _sender.OutcomeOf(at)));
        for (int at = 1; at < log.Length; at++)
        {
            // On, or back to something that failed.
            Assert.True(log[at] <= log[at - 1] + 1);
            Assert.True(log[at] == log[at - 1] + 1 || Enumerable.Range(0, at).Any(earlier => log[earlier] == log[at] && _sender.OutcomeOf(earlier) is Delivery.TryAgain));
        }
    }

    private async Task<Task> StartAsync(int messages)
    {
        for (int seq = 0; seq < messages; seq++)
        {
            _outbox.Add(Entries.Frame("a", seq));
        }

        await _stop.CancelAsync();
        return Task.Run(() => _publisher.RunAsync(_stop.Token), TestContext.Current.CancellationToken);
    }

    private async Task EndAsync(Task running)
    {
        _sender.AnswerEverything();
        await running.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A receiver whose answers come when the test says so.</summary>
    private sealed class SlowSender : IMessageSender
    {
        private readonly Lock _lock = new();
        private readonly List<(int Seq, TaskCompletionSource<Delivery> Answer)> _sent = [];
        private readonly Dictionary<int, Delivery> _outcomes = [];
        private bool _isWilling;

        public int[] Log
        {
            get
            {
                lock (_lock)
                {
                    return [.. _sent.Select(sending => sending.Seq)];
                }
            }
        }

        public Delivery? OutcomeOf(int at) => _outcomes.TryGetValue(at, out Delivery outcome) ? outcome : null;

        public Task<Delivery> SendAsync(HubMessage message, CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<Delivery>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _sent.Add((int.Parse(message.MessageId.AsSpan(2), CultureInfo.InvariantCulture), answer));
                if (_isWilling)
                {
                    Answer_NeedsLock(_sent.Count - 1, Delivery.Acknowledged);
                }
            }

            return answer.Task;
        }

        public void Answer(int at, Delivery delivery)
        {
            lock (_lock)
            {
                Answer_NeedsLock(at, delivery);
            }
        }

        public void AnswerEverything()
        {
            lock (_lock)
            {
                _isWilling = true;
                for (int at = 0; at < _sent.Count; at++)
                {
                    Answer_NeedsLock(at, Delivery.Acknowledged);
                }
            }
        }

        public async Task UntilSentAsync(int count)
        {
            while (Log.Length < count)
            {
                TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }

        /// <summary>Answers in any order, one of three with a failure, until nothing is left.</summary>
        public async Task ThrowDiceAsync(int[] dice, Task running)
        {
            int answered = 0;
            for (int at = 0; at < dice.Length && !running.IsCompleted; at++)
            {
                int sent = Log.Length;
                if (sent == 0 || answered >= sent)
                {
                    await Task.Yield();
                    continue;
                }

                Answer(Math.Max(0, sent - 1 - (dice[at] % OutboxPublisher.Window)), dice[at] % 3 == 0 ? Delivery.TryAgain : Delivery.Acknowledged);
                answered = Log.Length - OutboxPublisher.Window;
                await Task.Yield();
            }

            AnswerEverything();
            await running.WaitAsync(TestContext.Current.CancellationToken);
        }

        private void Answer_NeedsLock(int at, Delivery delivery)
        {
            if (_outcomes.TryAdd(at, delivery))
            {
                _sent[at].Answer.SetResult(delivery);
            }
        }
    }
}
