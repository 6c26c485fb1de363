/*
 * Hours worked on the steps of a shop order: booked afterwards (time transactions) or clocked with a
 * start and a stop (timed ones). A step that is worked on is in process; it is finished when the
 * hours say so (Exact KB, time transactions).
 */
import type { Row, SqlValue } from '../store/database.ts';
import { deleteRow, findRow, insertRow, updateRow, type Writer } from '../store/rows.ts';
import { broken, number, rounded, type Body, type Effect } from './effect.ts';

const IN_PROCESS = 20;
const FINISHED = 30;
const HOUR_MS = 3_600_000;
/** `Status` of hours: 1 draft, 2 rejected, 10 submitted, 20 final. */
const STATUSES = { draft: 1, rejected: 2, submitted: 10, final: 20 } as const;

function stepOf(writer: Writer, id: SqlValue, field: string): Row {
  const step = findRow(writer, 'ShopOrderRoutingStepPlans', id);
  if (!step) throw broken(writer, 'invalid', field);
  return step;
}

function reportOnStep(writer: Writer, stepId: SqlValue, finished: boolean): void {
  const step = findRow(writer, 'ShopOrderRoutingStepPlans', stepId);
  const status = finished ? FINISHED : IN_PROCESS;
  if (!step || number(step['Status']) >= status) return;
  updateRow(writer, 'ShopOrderRoutingStepPlans', stepId, { Status: status });
}

/** Hours can be handed in, not approved: that is done in Exact's own screens. */
function checkHours(writer: Writer, fields: Row): void {
  const { Activity: activity, Status: status, Hours: hours } = fields;
  if (activity !== undefined && ![10, 20].includes(number(activity))) {
    throw broken(writer, 'invalid', 'Activity');
  }
  const settable: number[] = [STATUSES.draft, STATUSES.submitted];
  if (status !== undefined && !settable.includes(number(status))) {
    throw broken(writer, 'invalid', 'Status');
  }
  if (hours !== undefined && number(hours) < 0) throw broken(writer, 'invalid', 'Hours');
}

/** Books hours on a step or an order. Returns their ID. */
export function createTime(writer: Writer, body: Body): string {
  const { fields } = body;
  checkHours(writer, fields);
  const stepId = fields['RoutingStepPlan'] ?? null;
  const step = stepId === null ? undefined : stepOf(writer, stepId, 'RoutingStepPlan');
  const orderId = fields['ShopOrder'] ?? step?.['ShopOrder'] ?? null;
  const order = findRow(writer, 'ShopOrders', orderId);
  if (orderId !== null && !order) throw broken(writer, 'invalid', 'ShopOrder');
  if (step && step['ShopOrder'] !== orderId) throw broken(writer, 'invalid', 'RoutingStepPlan');
  const id = insertRow(writer, 'TimeTransactions', {
    ...{ Activity: 20, Status: STATUSES.submitted, Date: writer.clock.wallMs() },
    ...{ LaborHours: fields['Hours'] ?? null, IsOperationFinished: 0 },
    WorkCenter: step?.['Workcenter'] ?? null,
    ...fields,
    ShopOrder: orderId,
  });
  reportOnStep(writer, stepId, number(fields['IsOperationFinished']) !== 0);
  return id;
}

function updateTime(writer: Writer, row: Row, body: Body): void {
  const { fields } = body;
  checkHours(writer, fields);
  if (number(row['Status']) === STATUSES.final) throw broken(writer, 'invalid', 'Status');
  updateRow(writer, 'TimeTransactions', row['ID'] ?? null, fields);
  const finished = number(fields['IsOperationFinished']) !== 0;
  reportOnStep(writer, row['RoutingStepPlan'] ?? null, finished);
}

function removeTime(writer: Writer, row: Row): void {
  if (number(row['Status']) === STATUSES.final) throw broken(writer, 'invalid', 'Status');
  deleteRow(writer, 'TimeTransactions', row['ID'] ?? null);
}

/** Hours between start and stop, unless somebody adjusted them. */
function clocked(writer: Writer, fields: Row): Row {
  const { StartTime: start, EndTime: end } = fields;
  if (end === null || end === undefined) return {};
  if (number(end) < number(start)) throw broken(writer, 'invalid', 'EndTime');
  const hours = rounded((number(end) - number(start)) / HOUR_MS);
  return {
    LaborHours: fields['LaborHours'] ?? hours,
    MachineHours: fields['MachineHours'] ?? hours,
  };
}

/** The area's code and name follow from the area; what was sent of them is left alone. */
function ownFields(body: Body): Row {
  const { ProductionAreaCode, ProductionAreaDescription, ...fields } = body.fields;
  return fields;
}

function createTimed(writer: Writer, body: Body): string {
  const fields = ownFields(body);
  const stepId = fields['ShopOrderRoutingStepPlan'] ?? null;
  const step = stepOf(writer, stepId, 'ShopOrderRoutingStepPlan');
  const center = findRow(
    ...([writer, 'Workcenters'] as const),
    fields['Workcenter'] ?? step['Workcenter'] ?? null,
  );
  const values: Row = {
    ...{ StartTime: writer.clock.wallMs(), Type: 20, Source: 10, Status: STATUSES.draft },
    ...{ IsOperationFinished: 0, Workcenter: center?.['ID'] ?? null },
    ProductionArea: center?.['ProductionArea'] ?? null,
    ...fields,
  };
  const id = insertRow(writer, 'TimedTimeTransactions', { ...values, ...clocked(writer, values) });
  reportOnStep(writer, stepId, number(fields['IsOperationFinished']) !== 0);
  return id;
}

function updateTimed(writer: Writer, row: Row, body: Body): void {
  const fields = ownFields(body);
  const stepId = fields['ShopOrderRoutingStepPlan'] ?? row['ShopOrderRoutingStepPlan'] ?? null;
  stepOf(writer, stepId, 'ShopOrderRoutingStepPlan');
  const hours = clocked(writer, { ...row, ...fields });
  updateRow(writer, 'TimedTimeTransactions', row['ID'] ?? null, { ...hours, ...fields });
  reportOnStep(writer, stepId, number(fields['IsOperationFinished']) !== 0);
}

export const timeTransaction: Effect = {
  ...{ create: createTime, update: updateTime, remove: removeTime },
};
export const timedTimeTransaction: Effect = {
  ...{ create: createTimed, update: updateTimed },
  remove: (writer, row) => {
    deleteRow(writer, 'TimedTimeTransactions', row['ID'] ?? null);
  },
};
