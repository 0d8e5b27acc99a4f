using System.ComponentModel;
using System.Globalization;
using LeadDesk.Access;
using LeadDesk.Common;
using LeadDesk.Web.Api;
using LeadDesk.Web.Hosting;
using LeadDesk.Web.Leads;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace LeadDesk.Web.Access;

/// <param name="Role">Admin, Manager or Salesperson.</param>
/// <param name="Password">Without one an invitation is made.</param>
internal sealed record NewUserRequest(
    string? Email,
    string? Name,
    [property: Description("Admin, Manager or Salesperson.")] string? Role,
    [property: Description("Without one an invitation is made.")] string? Password);

/// <summary>What is missing or null stays as it is.</summary>
internal sealed record UserChangeRequest(string? Name, [property: Description("Admin, Manager or Salesperson.")] string? Role, bool? Active);

internal record UserResponse(
    long Id, string Name, string Email, string Role, bool Active, [property: Description("Waits for the person to follow the invitation's link.")] bool Invited, DateTime CreatedAt, DateTime? LastSignInAt);

internal sealed record CreatedUserResponse(
    long Id,
    string Name,
    string Email,
    string Role,
    bool Active,
    bool Invited,
    DateTime CreatedAt,
    DateTime? LastSignInAt,
    [property: Description("Shown this once; null when a password was given.")] string? InvitationUrl)
    : UserResponse(Id, Name, Email, Role, Active, Invited, CreatedAt, LastSignInAt);

internal sealed record UserListResponse(IReadOnlyList<UserResponse> Users, [property: Description("Null on the last page.")] string? NextCursor);

/// <summary><c>/api/v1/users</c>, for admins.</summary>
internal static class UserEndpoints
{
    public static void MapUserApi(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapApiGroup("/users", "Users").RequireAuthorization(nameof(Permission.ManageUsers)).ProducesRefusals(403);
        users.MapGet("", ListAsync).WithName("ListUsers").WithSummary("People, oldest first, in pages.").ProducesRefusals(422);
        users.MapPost("", CreateAsync).WithName("CreateUser").WithSummary("Adds somebody, with a password or by an invitation.")
            .ProducesRefusals(400, 409, 413, 415, 422).DescribeIdempotencyKey();
        users.MapPatch("/{id:long}", ChangeAsync).WithName("ChangeUser").WithSummary("Changes name, role or state.").ProducesRefusals(400, 404, 409, 413, 415, 422);
    }

    private static async Task<Results<Ok<UserListResponse>, ProblemResult>> ListAsync(
        [FromQuery, Description("1 to 500; 100 by default.")] string? limit,
        [FromQuery, Description("The next_cursor of the page before.")] string? cursor,
        HttpContext context,
        UserService users,
        CancellationToken cancellationToken)
    {
        var words = new QueryWords();
        var most = words.Limit(limit);
        if (words.Refusal is { } refusal)
            return refusal.ToProblem();
        var page = await users.ListAsync(context.RequireCurrentUser(), cursor, most, cancellationToken);
        return page.Succeeded ? TypedResults.Ok(new UserListResponse([.. page.Value.Items.Select(Response)], page.Value.NextCursor)) : page.Refusal.ToProblem();
    }

    private static async Task<Results<Created<CreatedUserResponse>, ProblemResult>> CreateAsync(
        NewUserRequest body, HttpContext context, UserService users, LeadDeskOptions options, CancellationToken cancellationToken)
    {
        if (!TryRole(body.Role, out var role))
            return WrongRole.ToProblem();
        var created = await users.CreateAsync(context.RequireCurrentUser(), new NewUser(body.Name ?? "", body.Email ?? "", role, body.Password), cancellationToken);
        if (!created.Succeeded)
            return created.Refusal.ToProblem();
        var (user, token) = created.Value;
        var link = token is null ? null : $"{options.Of(context.Request, "")}/invite/{token}";
        return TypedResults.Created(
            string.Create(CultureInfo.InvariantCulture, $"/api/v1/users/{user.Id}"),
            new CreatedUserResponse(user.Id, user.Name, user.Email, user.Role.ToString(), user.Active, user.Invited, user.CreatedAt, user.LastSignInAt, link));
    }

    private static async Task<Results<Ok<UserResponse>, ProblemResult>> ChangeAsync(
        long id, UserChangeRequest body, HttpContext context, UserService users, CancellationToken cancellationToken)
    {
        Role? role = null;
        if (body.Role is not null)
        {
            if (!TryRole(body.Role, out var wanted))
                return WrongRole.ToProblem();
            role = wanted;
        }

        var changed = await users.ChangeAsync(context.RequireCurrentUser(), id, new UserChange(body.Name, role, body.Active), cancellationToken);
        return changed.Succeeded ? TypedResults.Ok(Response(changed.Value)) : changed.Refusal.ToProblem();
    }

    private static Refusal WrongRole => Refusal.Invalid("role", "Choose Admin, Manager or Salesperson.");

    /// <summary>By name in any case; a number is no role.</summary>
    private static bool TryRole(string? text, out Role role)
    {
        role = default;
        return text is [not (>= '0' and <= '9' or '-' or '+'), ..] && Enum.TryParse(text, ignoreCase: true, out role) && Enum.IsDefined(role);
    }

    private static UserResponse Response(UserView user) =>
        new(user.Id, user.Name, user.Email, user.Role.ToString(), user.Active, user.Invited, user.CreatedAt, user.LastSignInAt);
}
