"""The checksums that `crc` knows: names, and how each is computed."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import cache

from .._optional import optional

_VARIANTS = """
    3: GSM ROHC
    4: G_704 INTERLAKEN
    5: EPC_C1G2 G_704 USB
    6: CDMA2000_A CDMA2000_B DARC GSM G_704
    7: MMC ROHC UMTS
    8: AUTOSAR BLUETOOTH CDMA2000 DARC DVB_S2 GSM_A GSM_B HITAG I_432_1 I_CODE LTE MAXIM_DOW MIFARE_MAD NRSC_5
       OPENSAFETY ROHC SAE_J1850 SMBUS TECH_3250 WCDMA
    10: ATM CDMA2000 GSM
    11: FLEXRAY UMTS
    12: CDMA2000 DECT GSM UMTS
    13: BBC
    14: DARC GSM
    15: CAN MPT1327
    16: ARC CDMA2000 CMS DDS_110 DECT_R DECT_X DNP EN_13757 GENIBUS GSM IBM_3740 IBM_SDLC ISO_IEC_14443_3_A KERMIT
        LJ1200 M17 MAXIM_DOW MCRF4XX MODBUS NRSC_5 OPENSAFETY_A OPENSAFETY_B PROFIBUS RIELLO SPI_FUJITSU T10_DIF
        TELEDISK TMS37157 UMTS USB XMODEM
    17: CAN_FD
    21: CAN_FD
    24: BLE FLEXRAY_A FLEXRAY_B INTERLAKEN LTE_A LTE_B OPENPGP OS_9
    30: CDMA
    31: PHILIPS
    32: AIXM AUTOSAR BASE91_D BZIP2 CD_ROM_EDC CKSUM ISCSI ISO_HDLC JAMCRC MEF MPEG_2 XFER
    40: GSM
    64: ECMA_182 GO_ISO MS REDIS WE XZ
    82: DARC
"""


def _names() -> frozenset[str]:
    found = set()
    width = ""
    for word in _VARIANTS.split():
        if word.endswith(":"):
            width = word[:-1]
        else:
            found.add(f"CRC_{width}_{word}")
    return frozenset(found)


NAMES = _names()


@cache
def checksum(name: str) -> Callable[[bytes], int]:
    """Return the function that computes a checksum of the catalogue."""
    if name == "CRC_32_ISO_HDLC":
        return zlib.crc32
    if name == "CRC_82_DARC":
        return _darc82
    width, _, variant = name.removeprefix("CRC_").partition("_")
    # The model keeps a running state only where it is asked to, so one can serve all calls.
    model = optional("crc", "anycrc", "anycrc").Model(f"CRC{width}-{variant.replace('_', '-')}")
    compute: Callable[[bytes], int] = model.calc
    return compute


# The polynomial with its bits in reverse order, as the checksum reads bytes from their lowest bit.
_DARC82 = 0x220808A00A2022200C430


def _darc82(data: bytes) -> int:
    register = 0
    table = _darc82_table()
    for byte in data:
        register = register >> 8 ^ table[(register ^ byte) & 255]
    return register


@cache
def _darc82_table() -> list[int]:
    table = []
    for byte in range(256):
        register = byte
        for _ in range(8):
            register = register >> 1 ^ (_DARC82 if register & 1 else 0)
        table.append(register)
    return table
