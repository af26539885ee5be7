"""The log and the balances in Parquet files (the extra ``arrow``)."""

from rekenschap.infrastructure.parquet.write import ParquetTabellen

__all__ = ["ParquetTabellen"]
