import { Value } from "../definition/value.ts";
import { UserError } from "../errors/user-error.ts";

/** What may be done to Applications. `update/…` and `delete/…` act on one resource of an Application: `<group>/<kind>/<namespace>/<name>`. */
export type ApplicationAction =
  | "get"
  | "create"
  | "update"
  | "delete"
  | "sync"
  | "override"
  | "*"
  | `action/${string}`
  | `update/${string}`
  | `delete/${string}`;

/** What may be done to ApplicationSets, and to repositories and clusters of the project. */
export type StandardAction = "get" | "create" | "update" | "delete" | "*";

/** What a permission narrows itself to. */
export interface PermissionScope {
  /** The name of an Application, with `*` for any part. @default "*" */
  readonly object?: string;
  /** A `deny` beats every `allow`. @default "allow" */
  readonly effect?: "allow" | "deny";
}

/**
 * One thing that a role of a project may, or may not, do: actions and resources that exist, checked by the compiler.
 * @see https://argo-cd.readthedocs.io/en/stable/operator-manual/rbac/
 */
export class ProjectPermission extends Value {
  readonly resource: string;
  readonly action: string;
  readonly object: string;
  readonly effect: "allow" | "deny";

  private constructor(resource: string, action: string, scope: PermissionScope) {
    super();
    this.resource = resource;
    this.action = action;
    this.object = scope.object ?? "*";
    this.effect = scope.effect ?? "allow";
    if (!/^[*\w.-]+$/.test(this.object)) {
      throw new UserError(`the permission's object '${this.object}' cannot be used`, {
        hint: "write the name without the project: letters, digits, '-', '_', '.' and '*'",
      });
    }
    if (!/^[\w*./-]+$/.test(action) || /^(action|update|delete)\/$/.test(action)) {
      throw new UserError(`the permission's action '${action}' cannot be used`, {
        hint: "for example 'sync' or 'action/apps/Deployment/restart'",
      });
    }
  }

  /** Applications of the project. */
  static applications(action: ApplicationAction, scope: PermissionScope = {}): ProjectPermission {
    return new ProjectPermission("applications", action, scope);
  }

  /** ApplicationSets whose template is in the project. */
  static applicationSets(action: StandardAction, scope: PermissionScope = {}): ProjectPermission {
    return new ProjectPermission("applicationsets", action, scope);
  }

  /** Pod logs; no other permission includes them. */
  static logs(scope: PermissionScope = {}): ProjectPermission {
    return new ProjectPermission("logs", "get", scope);
  }

  /** A shell in a container. */
  static exec(scope: PermissionScope = {}): ProjectPermission {
    return new ProjectPermission("exec", "create", scope);
  }

  /** Repositories of the project. */
  static repositories(action: StandardAction, scope: PermissionScope = {}): ProjectPermission {
    return new ProjectPermission("repositories", action, scope);
  }

  /** Clusters of the project. */
  static clusters(action: StandardAction, scope: PermissionScope = {}): ProjectPermission {
    return new ProjectPermission("clusters", action, scope);
  }

  /** The line of policy for a role: `p, proj:<project>:<role>, applications, sync, <project>/*, allow`. */
  policy(project: string, role: string): string {
    return `p, proj:${project}:${role}, ${this.resource}, ${this.action}, ${project}/${this.object}, ${this.effect}`;
  }
}

/** What an author says of a role. */
export interface ProjectRoleProps {
  readonly name: string;
  /** @default none */
  readonly description?: string;
  /** Groups of the identity provider whose members have the role. @default none */
  readonly groups?: readonly string[];
  readonly permissions: readonly ProjectPermission[];
}

/** An entry of `spec.roles` of an AppProject. */
export interface ProjectRoleSpec {
  readonly name: string;
  readonly description?: string;
  readonly groups?: readonly string[];
  readonly policies: readonly string[];
}

/**
 * A role as its AppProject holds it.
 *
 * @throws UserError when the name or a group cannot be used, or a group or permission stands twice
 */
export function projectRoleSpec(role: ProjectRoleProps, project: string): ProjectRoleSpec {
  const { name, description, groups = [], permissions } = role;
  if (!/^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/.test(name)) {
    throw new UserError(`the role name '${name}' of project '${project}' cannot be used`, {
      hint: "use letters, digits, '-' and '_', starting and ending with a letter or digit",
    });
  }
  const unusable = groups.find((group) => group === "" || group !== group.trim() || /[,"\n\r\t]/.test(group));
  if (unusable !== undefined) throw new UserError(`the group '${unusable}' of role '${name}' of project '${project}' cannot be used`);
  const policies = permissions.map((permission) => permission.policy(project, name));
  const twice = [...groups, ...policies].find((entry, index, all) => all.indexOf(entry) !== index);
  if (twice !== undefined) throw new UserError(`'${twice}' stands twice in role '${name}' of project '${project}'`);
  return { name, ...(description !== undefined && { description }), ...(groups.length > 0 && { groups }), policies };
}
