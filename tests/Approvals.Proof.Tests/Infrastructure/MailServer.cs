using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Approvals.Proof.Tests.Infrastructure;

/// <summary>A mail server that accepts connections and is silent until told otherwise: meanwhile a mail is being sent.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource speaks = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentBag<Task> talks = [];
    private readonly CancellationTokenSource stop = new();
    private readonly Task accepting;

    public MailServer()
    {
        listener.Start();
        accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Settings of a process that sends by it.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{((IPEndPoint)listener.LocalEndpoint).Port}"), ("Smtp:Security", "None"),
    ];

    /// <summary>Done when somebody has connected.</summary>
    public Task Reached => reached.Task;

    /// <summary>What it has taken: when, and the mail's Message-Id.</summary>
    public ConcurrentQueue<(DateTimeOffset At, string MessageId)> Taken { get; } = [];

    /// <summary>Takes mails from now on.</summary>
    public void Speak() => speaks.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await accepting;
        await Task.WhenAll(talks);
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                reached.TrySetResult();
                talks.Add(TalkAsync(client));
            }
        }
        catch (Exception over) when (stop.IsCancellationRequested && over is OperationCanceledException or SocketException)
        {
            // Nobody is listened to any more.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        using var closing = client;
        try
        {
            await speaks.Task.WaitAsync(stop.Token);
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream);
            await using var writer = new StreamWriter(stream) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 proof");
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                if (line == "DATA")
                {
                    await writer.WriteLineAsync("354 go on");
                    Taken.Enqueue(await MailAsync(reader));
                }

                await writer.WriteLineAsync("250 ok");
            }
        }
        catch (Exception over) when (over is IOException or OperationCanceledException)
        {
            // The sender was killed, or the test is over.
        }
    }

    private async Task<(DateTimeOffset At, string MessageId)> MailAsync(StreamReader reader)
    {
        const string Header = "Message-Id: ";
        var id = "";
        while (await reader.ReadLineAsync(stop.Token) is { } line && line != ".")
        {
            if (line.StartsWith(Header, StringComparison.OrdinalIgnoreCase))
                id = line[Header.Length..].Trim('<', '>');
        }

        return (TimeProvider.System.GetUtcNow(), id);
    }
}
