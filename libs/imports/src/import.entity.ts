import type { ImportCounts, ImportField, ImportKind, ImportState } from '@timebank/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { FileRow } from './planned';

/** A file that a bank brings in, and how far it is. */
@Entity('import_run')
export class ImportRunRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'import_id' }) importId!: string;
  @Column('text') kind!: ImportKind;
  @Column('text') state!: ImportState;
  @Column('text', { name: 'file_name' }) fileName!: string;
  @Column('bytea', { name: 'file_hash' }) fileHash!: Buffer;
  @Column('text') format!: 'csv' | 'xlsx';
  @Column('text', { nullable: true }) encoding!: 'utf-8' | 'utf-16' | 'gb18030' | null;
  @Column('text', { nullable: true }) separator!: ',' | ';' | '\t' | null;
  @Column('text', { nullable: true }) sheet!: string | null;
  @Column('integer', { nullable: true }) epoch!: 1900 | 1904 | null;
  @Column('text', { array: true }) heads!: string[];
  @Column('jsonb') columns!: Partial<Record<ImportField, number>>;
  @Column('integer', { name: 'row_count' }) rowCount!: number;
  @Column('integer', { name: 'blank_rows' }) blankRows!: number;
  @Column('jsonb', { nullable: true }) checked!: ImportCounts | null;
  @Column('bigint', { name: 'sum_minutes', nullable: true }) sumMinutes!: number | null;
  @Column('bigint', { name: 'control_total', nullable: true }) controlTotal!: number | null;
  /** What became of the rows, once it is over. */
  @Column('jsonb', { nullable: true }) counts!: ImportCounts | null;
  @Column('integer', { name: 'done_rows', nullable: true }) doneRows!: number | null;
  @Column('uuid', { name: 'created_by' }) createdBy!: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt!: Date;
  @Column('uuid', { name: 'started_by', nullable: true }) startedBy!: string | null;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt!: Date | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}

/** Some hundreds of its rows. */
@Entity('import_piece')
export class ImportPieceRow {
  @PrimaryColumn('uuid', { name: 'bank_id' }) bankId!: string;
  @PrimaryColumn('uuid', { name: 'import_id' }) importId!: string;
  @PrimaryColumn('integer', { name: 'piece_number' }) pieceNumber!: number;
  @Column('integer', { name: 'row_count' }) rowCount!: number;
  @Column('jsonb') rows!: FileRow[];
  @Column('timestamptz', { name: 'done_at', nullable: true }) doneAt!: Date | null;
  @Column('jsonb', { nullable: true }) counts!: ImportCounts | null;
}
