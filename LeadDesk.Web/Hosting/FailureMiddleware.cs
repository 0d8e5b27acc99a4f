using System.Net;

namespace LeadDesk.Web.Hosting;

/// <summary>Around everything programs call: exceptions and bare status codes become problem+json.</summary>
internal sealed partial class FailureMiddleware(RequestDelegate next, ILogger<FailureMiddleware> logger)
{
    /// <summary>For the log only: the caller has gone.</summary>
    private const int ClientClosedRequest = 499;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, exception);
            return;
        }

        var response = context.Response;
        if (response.StatusCode >= (int)HttpStatusCode.BadRequest && !response.HasStarted && response.ContentType is null && response.ContentLength is null)
            await Problems.OfStatus(response.StatusCode).ExecuteAsync(context);
    }

    private Task AnswerAsync(HttpContext context, Exception exception)
    {
        if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = ClientClosedRequest;
            return Task.CompletedTask;
        }

        var problem = Problems.Of(exception);
        if (problem.Status is StatusCodes.Status500InternalServerError)
            LogFailure(exception, context.Request.Method, ProblemResult.TraceIdOf(context));
        else if (problem.Status is StatusCodes.Status503ServiceUnavailable)
            LogUnavailable(exception.GetBaseException().Message, ProblemResult.TraceIdOf(context));
        return problem.ExecuteAsync(context);
    }

    [LoggerMessage(LogLevel.Error, "A {Method} request failed. Trace {TraceId}.")]
    private partial void LogFailure(Exception exception, string method, string traceId);

    [LoggerMessage(LogLevel.Warning, "The database cannot take work: {Cause} Trace {TraceId}.")]
    private partial void LogUnavailable(string cause, string traceId);
}
